/* Queued unmarked, through a pointer. */
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

typedef VOID DEPOT_STORE(PDEPOT Depot, PIRP Irp);

static DEPOT_STORE *const DepotStore = DepotQueue;

DRIVER_DISPATCH DepotWrite;

NTSTATUS DepotWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;
	DepotStore(depot, Irp);
	return STATUS_PENDING; /* expect: win-irp-pending "Irp" */
}
