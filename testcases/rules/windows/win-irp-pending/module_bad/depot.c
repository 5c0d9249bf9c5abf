/* Another file queues the request unmarked. */
#include "depot.h"

DRIVER_DISPATCH DepotWrite;

NTSTATUS DepotWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;
	DepotQueue(depot, Irp);
	return STATUS_PENDING; /* expect: win-irp-pending "Irp" */
}
