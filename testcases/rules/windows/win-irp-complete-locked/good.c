/* Requests that leave the driver when its lock is free. */
#include <ntddk.h>

typedef struct _DESK {
	KSPIN_LOCK Lock;
	PIRP Current;
	PDEVICE_OBJECT Lower;
	ULONG Served;
} DESK, *PDESK;

DRIVER_CANCEL DeskCancel;

VOID DeskServe(PDESK Desk)
{
	PIRP current;
	KIRQL irql;

	KeAcquireSpinLock(&Desk->Lock, &irql);
	current = Desk->Current;
	Desk->Current = NULL;
	KeReleaseSpinLock(&Desk->Lock, irql);
	if (current) {
		current->IoStatus.Status = STATUS_SUCCESS;
		IoCompleteRequest(current, IO_NO_INCREMENT); /* ok: win-irp-complete-locked */
	}
}

static VOID DeskFinish(PDESK Desk, PIRP Irp, KIRQL Irql)
{
	KeReleaseSpinLock(&Desk->Lock, Irql);
	IoCompleteRequest(Irp, IO_NO_INCREMENT); /* ok: win-irp-complete-locked */
}

/* trap: win-irp-complete-locked released-between */
VOID DeskNext(PDESK Desk, PIRP Irp)
{
	KIRQL irql;

	KeAcquireSpinLock(&Desk->Lock, &irql);
	Desk->Current = NULL;
	KeReleaseSpinLock(&Desk->Lock, irql);
	IoCompleteRequest(Irp, IO_NO_INCREMENT); /* ok: win-irp-complete-locked */
	KeAcquireSpinLock(&Desk->Lock, &irql);
	Desk->Served++;
	KeReleaseSpinLock(&Desk->Lock, irql);
}

VOID DeskEnd(PDESK Desk, PIRP Irp)
{
	KIRQL irql;

	KeAcquireSpinLock(&Desk->Lock, &irql);
	Desk->Current = NULL;
	DeskFinish(Desk, Irp, irql); /* ok: win-irp-complete-locked */
}

/* trap: win-irp-complete-locked cancel-lock */
VOID DeskCancel(PDEVICE_OBJECT Device, PIRP Irp)
{
	UNREFERENCED_PARAMETER(Device);
	IoReleaseCancelSpinLock(Irp->CancelIrql);
	Irp->IoStatus.Status = STATUS_CANCELLED;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT); /* ok: win-irp-complete-locked */
}
