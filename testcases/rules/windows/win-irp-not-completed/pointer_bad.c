/* A handler of a table does not complete the request. */
#include <ntddk.h>

typedef struct _DEPOT {
	PDEVICE_OBJECT Lower;
	LIST_ENTRY Queue;
	KSPIN_LOCK Lock;
	PIRP Current;
	ULONG Count;
} DEPOT, *PDEPOT;

static NTSTATUS DepotFinish(PIRP Irp, NTSTATUS Status, ULONG_PTR Information)
{
	Irp->IoStatus.Status = Status;
	Irp->IoStatus.Information = Information;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return Status;
}

typedef NTSTATUS DEPOT_HANDLER(PDEPOT Depot, PIRP Irp);

static DEPOT_HANDLER DepotTake, DepotGive;

static NTSTATUS DepotTake(PDEPOT Depot, PIRP Irp)
{
	Depot->Count--;
	return DepotFinish(Irp, STATUS_SUCCESS, 0);
}

static NTSTATUS DepotGive(PDEPOT Depot, PIRP Irp)
{
	Depot->Count++;
	Irp->IoStatus.Status = STATUS_SUCCESS;
	return STATUS_SUCCESS;
}

typedef struct _DEPOT_HANDLERS {
	DEPOT_HANDLER *Take, *Give;
} DEPOT_HANDLERS;

static const DEPOT_HANDLERS DepotHandlers = { DepotTake, DepotGive };

DRIVER_DISPATCH DepotWrite;

NTSTATUS DepotWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;

	if (depot->Count > 10)
		return DepotHandlers.Take(depot, Irp);
	return DepotHandlers.Give(depot, Irp); /* expect: win-irp-not-completed "Irp" */
}
