/* Another file queues the request, marked. */
#include "depot.h"

DRIVER_DISPATCH DepotWrite;

NTSTATUS DepotWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;
	DepotQueue(depot, Irp);
	return STATUS_PENDING; /* ok: win-irp-pending */
}
