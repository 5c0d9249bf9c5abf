/* The helpers of another file complete the request on some ways; this file does on the others. */
#include "depot.h"

DRIVER_DISPATCH DepotWrite;

NTSTATUS DepotWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;
	NTSTATUS status = DepotValidate(depot, Irp);

	if (!NT_SUCCESS(status))
		return status; /* ok: win-irp-not-completed */
	depot->Count--;
	return DepotFinish(Irp, STATUS_SUCCESS); /* ok: win-irp-not-completed */
}
