/* A helper marks the request, or only queues it, and the dispatch routine says the opposite. */
#include <ntddk.h>

typedef struct _DEPOT {
	PDEVICE_OBJECT Lower;
	LIST_ENTRY Queue;
	KSPIN_LOCK Lock;
	PIRP Current;
	ULONG Count;
} DEPOT, *PDEPOT;

static VOID DepotQueue(PDEPOT Depot, PIRP Irp)
{
	ExInterlockedInsertTailList(&Depot->Queue, &Irp->Tail.Overlay.ListEntry, &Depot->Lock);
}

static VOID DepotPut(PDEPOT Depot, PIRP Irp)
{
	Depot->Count++;
	DepotQueue(Depot, Irp);
}

DRIVER_DISPATCH DepotWrite;

NTSTATUS DepotWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;

	DepotPut(depot, Irp);
	return STATUS_PENDING; /* expect: win-irp-pending "was not marked pending" */
}

static VOID DepotHold(PDEPOT Depot, PIRP Irp)
{
	IoMarkIrpPending(Irp);
	ExInterlockedInsertTailList(&Depot->Queue, &Irp->Tail.Overlay.ListEntry, &Depot->Lock);
}

DRIVER_DISPATCH DepotRead;

NTSTATUS DepotRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;

	DepotHold(depot, Irp);
	return STATUS_SUCCESS; /* expect: win-irp-pending "was marked pending" */
}
