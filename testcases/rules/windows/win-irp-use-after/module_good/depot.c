/* Another file completes the request when this one is done with it. */
#include "depot.h"

DRIVER_DISPATCH DepotWrite;

NTSTATUS DepotWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;
	NTSTATUS status = STATUS_SUCCESS;

	if (depot->Count == 0)
		status = STATUS_DEVICE_NOT_READY;
	depot->Count = (ULONG)Irp->IoStatus.Information; /* ok: win-irp-use-after */
	DepotFinish(Irp, status);
	return status;
}
