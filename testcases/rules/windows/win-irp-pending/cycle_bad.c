/* Helpers that call each other queue the request unmarked. */
#include <ntddk.h>

typedef struct _DEPOT {
	PDEVICE_OBJECT Lower;
	LIST_ENTRY Queue;
	KSPIN_LOCK Lock;
	PIRP Current;
	ULONG Count;
} DEPOT, *PDEPOT;

static VOID DepotSort(PDEPOT Depot, PIRP Irp, ULONG Rest);

static VOID DepotPlace(PDEPOT Depot, PIRP Irp, ULONG Rest)
{
	if (Rest > 0) {
		DepotSort(Depot, Irp, Rest);
		return;
	}
	ExInterlockedInsertTailList(&Depot->Queue, &Irp->Tail.Overlay.ListEntry, &Depot->Lock);
}

static VOID DepotSort(PDEPOT Depot, PIRP Irp, ULONG Rest)
{
	Depot->Count++;
	DepotPlace(Depot, Irp, Rest - 1);
}

DRIVER_DISPATCH DepotWrite;

NTSTATUS DepotWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;
	DepotPlace(depot, Irp, 2);
	return STATUS_PENDING; /* expect: win-irp-pending "Irp" */
}
