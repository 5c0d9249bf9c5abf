/* The cancel spin lock, in a file that also has a cancel routine, which releases it. */
#include <ntddk.h>

DRIVER_CANCEL MeterCancel;

VOID MeterCancel(PDEVICE_OBJECT Device, PIRP Irp)
{
	UNREFERENCED_PARAMETER(Device);
	IoReleaseCancelSpinLock(Irp->CancelIrql);
	Irp->IoStatus.Status = STATUS_CANCELLED;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
}

BOOLEAN MeterArm(PIRP Irp)
{
	KIRQL irql;

	IoAcquireCancelSpinLock(&irql);
	if (Irp->Cancel)
		return FALSE; /* expect: win-spinlock-held-on-exit */
	IoSetCancelRoutine(Irp, MeterCancel);
	IoReleaseCancelSpinLock(irql);
	return TRUE;
}
