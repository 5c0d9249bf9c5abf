/* The helper marks the request, and the dispatch routine says so. */
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
	IoMarkIrpPending(Irp);
	ExInterlockedInsertTailList(&Depot->Queue, &Irp->Tail.Overlay.ListEntry, &Depot->Lock);
}

DRIVER_DISPATCH DepotWrite;

NTSTATUS DepotWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;

	if (depot->Count == 0) {
		Irp->IoStatus.Status = STATUS_DEVICE_NOT_READY;
		Irp->IoStatus.Information = 0;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
		return STATUS_DEVICE_NOT_READY;
	}
	DepotQueue(depot, Irp);
	return STATUS_PENDING; /* ok: win-irp-pending */
}

/* Trap: the helper decides, and its result tells. */
static NTSTATUS DepotMaybe(PDEPOT Depot, PIRP Irp)
{
	if (Depot->Count == 0) {
		Irp->IoStatus.Status = STATUS_SUCCESS;
		Irp->IoStatus.Information = 0;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
		return STATUS_SUCCESS;
	}
	DepotQueue(Depot, Irp);
	return STATUS_PENDING;
}

DRIVER_DISPATCH DepotRead;

NTSTATUS DepotRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;
	return DepotMaybe(depot, Irp); /* ok: win-irp-pending */
}
