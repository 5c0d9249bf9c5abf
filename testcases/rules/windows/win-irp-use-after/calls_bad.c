/* A helper gives the request away, and the caller goes on using it. */
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

static VOID DepotFail(PDEPOT Depot, PIRP Irp)
{
	Depot->Count = 0;
	DepotFinish(Irp, STATUS_UNSUCCESSFUL, 0);
}

DRIVER_DISPATCH DepotWrite;

NTSTATUS DepotWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;

	DepotFail(depot, Irp); /* note: win-irp-use-after "calls `DepotFail`" */
	return Irp->IoStatus.Status; /* expect: win-irp-use-after "Irp is used here" */
}

/* Completed twice: the second time in a helper. */
DRIVER_DISPATCH DepotRead;

NTSTATUS DepotRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;
	NTSTATUS status = STATUS_SUCCESS;

	if (depot->Count == 0) {
		status = STATUS_NO_MORE_ENTRIES;
		Irp->IoStatus.Status = status;
		Irp->IoStatus.Information = 0;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
	}
	DepotFinish(Irp, status, depot->Count); /* expect: win-irp-use-after "Irp" */
	return status;
}

/* A helper that only reads it. */
static ULONG DepotLength(PIRP Irp)
{
	return IoGetCurrentIrpStackLocation(Irp)->Parameters.Write.Length;
}

DRIVER_DISPATCH DepotFlush;

NTSTATUS DepotFlush(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;

	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	depot->Count += DepotLength(Irp); /* expect: win-irp-use-after "Irp" */
	return STATUS_SUCCESS;
}
