/* Helpers complete the request on some paths only. */
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

/* Completes it only when it fails. */
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
		return status;
	depot->Count--;
	return STATUS_SUCCESS; /* expect: win-irp-not-completed "Irp" */
}

/* The helper only prepares it. */
static VOID DepotAnswer(PIRP Irp, NTSTATUS Status)
{
	Irp->IoStatus.Status = Status;
	Irp->IoStatus.Information = 0;
}

DRIVER_DISPATCH DepotRead;

NTSTATUS DepotRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;

	if (depot->Count == 0) {
		DepotAnswer(Irp, STATUS_UNSUCCESSFUL);
		return STATUS_UNSUCCESSFUL; /* expect: win-irp-not-completed "Irp" */
	}
	return DepotFinish(Irp, STATUS_SUCCESS, depot->Count);
}
