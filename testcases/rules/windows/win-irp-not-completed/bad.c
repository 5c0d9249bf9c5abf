/* Paths of dispatch routines that drop the request. */
#include <ntddk.h>

typedef struct _DEPOT {
	PDEVICE_OBJECT Lower;
	LIST_ENTRY Queue;
	KSPIN_LOCK Lock;
	PIRP Current;
	ULONG Count;
} DEPOT, *PDEPOT;

DRIVER_DISPATCH DepotWrite;

/* trap: win-irp-not-completed framework */
NTSTATUS DepotWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;

	if (depot->Count == 0)
		return STATUS_INVALID_PARAMETER; /* expect: win-irp-not-completed "DepotWrite returns here without having completed Irp" */
	depot->Count--;
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}

DRIVER_DISPATCH DepotControl;

/* trap: win-irp-not-completed passed-down */
NTSTATUS DepotControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);

	switch (stack->Parameters.DeviceIoControl.IoControlCode) {
	case 1:
		depot->Count = 0;
		break;
	case 2:
		return STATUS_NOT_SUPPORTED; /* expect: win-irp-not-completed "Irp" */
	default:
		IoSkipCurrentIrpStackLocation(Irp);
		return IoCallDriver(depot->Lower, Irp);
	}
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}

/* Prepared, but never sent. */
DRIVER_DISPATCH DepotRead;

/* trap: win-irp-not-completed start-packet */
NTSTATUS DepotRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;

	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = depot->Count;
	return STATUS_SUCCESS; /* expect: win-irp-not-completed "Irp" */
}

/* Marked, and then nobody keeps it. */
DRIVER_DISPATCH DepotFlush;

/* trap: win-irp-not-completed queued */
NTSTATUS DepotFlush(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;

	depot->Count++;
	IoMarkIrpPending(Irp); /* note: win-irp-not-completed "Irp is marked pending here" */
	return STATUS_PENDING; /* expect: win-irp-not-completed "nobody has it any more" */
}

DRIVER_DISPATCH TagForget;

typedef struct _TAG_EXTENSION {
	IO_REMOVE_LOCK RemoveLock;
	ULONG Limit;
} TAG_EXTENSION, *PTAG_EXTENSION;

/* The remove lock only takes the request's address for a name. */
NTSTATUS TagForget(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PTAG_EXTENSION ext = Device->DeviceExtension;
	NTSTATUS status;

	status = IoAcquireRemoveLock(&ext->RemoveLock, Irp);
	if (!NT_SUCCESS(status)) {
		Irp->IoStatus.Status = status;
		Irp->IoStatus.Information = 0;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
		return status;
	}
	if (stack->Parameters.Read.Length > ext->Limit) {
		IoReleaseRemoveLock(&ext->RemoveLock, Irp);
		return STATUS_INVALID_BUFFER_SIZE; /* expect: win-irp-not-completed "TagForget" */
	}
	IoReleaseRemoveLock(&ext->RemoveLock, Irp);
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}
