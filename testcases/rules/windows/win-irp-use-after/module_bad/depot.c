/* Another file completes the request, and this one uses it afterwards. */
#include "depot.h"

DRIVER_DISPATCH DepotWrite;

NTSTATUS DepotWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;
	NTSTATUS status = STATUS_SUCCESS;

	if (depot->Count == 0)
		status = STATUS_DEVICE_NOT_READY;
	DepotFinish(Irp, status);
	depot->Count = (ULONG)Irp->IoStatus.Information; /* expect: win-irp-use-after "Irp" */
	return status;
}
