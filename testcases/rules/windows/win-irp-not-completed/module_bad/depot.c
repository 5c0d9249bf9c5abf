/* The helpers of another file complete the request on some ways, and this file forgets the rest. */
#include "depot.h"

DRIVER_DISPATCH DepotWrite;

NTSTATUS DepotWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;
	NTSTATUS status = DepotValidate(depot, Irp);

	if (!NT_SUCCESS(status))
		return status; /* ok: win-irp-not-completed */
	depot->Count--;
	return STATUS_SUCCESS; /* expect: win-irp-not-completed "Irp" */
}
