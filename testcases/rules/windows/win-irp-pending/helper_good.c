/* The helper marks the request on the ways on which it returns STATUS_PENDING. */
#include <ntddk.h>

typedef struct _FORK {
	PDEVICE_OBJECT Lower;
	ULONG Size;
} FORK, *PFORK;

static NTSTATUS ForkTransfer(PFORK Fork, ULONG Code, PIRP Irp)
{
	PIRP original = Irp;

	switch (Code) {
	case 1:
		Irp = IoBuildDeviceIoControlRequest(Code, Fork->Lower, NULL, 0, NULL, 0, TRUE, NULL, NULL);
		break;
	case 2:
		Irp = IoBuildDeviceIoControlRequest(Code, Fork->Lower, NULL, Fork->Size, NULL, 0, TRUE, NULL, NULL);
		break;
	}
	if (Irp == NULL)
		return STATUS_NO_MEMORY;
	IoMarkIrpPending(original);
	IoCallDriver(Fork->Lower, Irp);
	return STATUS_PENDING;
}

static NTSTATUS ForkFinish(PFORK Fork, PIRP Irp)
{
	NTSTATUS status = ForkTransfer(Fork, 1, Irp);

	if (status != STATUS_PENDING) {
		Irp->IoStatus.Status = status;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
	}
	return status;
}

DRIVER_DISPATCH ForkWrite;

NTSTATUS ForkWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	return ForkFinish(Device->DeviceExtension, Irp); /* ok: win-irp-pending */
}
