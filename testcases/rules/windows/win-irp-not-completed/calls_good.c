/* Helpers complete the request, pass it on or queue it, and say so. */
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

static NTSTATUS DepotValidate(PDEPOT Depot, PIRP Irp)
{
	if (Depot->Count == 0)
		return DepotFinish(Irp, STATUS_INVALID_DEVICE_STATE, 0);
	return STATUS_SUCCESS;
}

DRIVER_DISPATCH DepotWrite;

/* trap: win-irp-not-completed helper-completes */
NTSTATUS DepotWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;
	NTSTATUS status = DepotValidate(depot, Irp);

	if (!NT_SUCCESS(status))
		return status; /* ok: win-irp-not-completed */
	depot->Count--;
	return DepotFinish(Irp, STATUS_SUCCESS, 0); /* ok: win-irp-not-completed */
}

static NTSTATUS DepotForward(PDEPOT Depot, PIRP Irp)
{
	IoSkipCurrentIrpStackLocation(Irp);
	return IoCallDriver(Depot->Lower, Irp);
}

static NTSTATUS DepotQueue(PDEPOT Depot, PIRP Irp)
{
	IoMarkIrpPending(Irp);
	ExInterlockedInsertTailList(&Depot->Queue, &Irp->Tail.Overlay.ListEntry, &Depot->Lock);
	return STATUS_PENDING;
}

DRIVER_DISPATCH DepotRead;

NTSTATUS DepotRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;

	if (depot->Count == 0)
		return DepotQueue(depot, Irp); /* ok: win-irp-not-completed */
	if (depot->Count == 1)
		return DepotForward(depot, Irp); /* ok: win-irp-not-completed */
	DepotFinish(Irp, STATUS_SUCCESS, depot->Count);
	return STATUS_SUCCESS; /* ok: win-irp-not-completed */
}
