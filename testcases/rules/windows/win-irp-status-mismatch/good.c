/* The same status in both places, or nothing known that says otherwise. */
#include <ntddk.h>

typedef struct _CLERK {
	LIST_ENTRY Queue;
	KSPIN_LOCK Lock;
	PDEVICE_OBJECT Lower;
	ULONG Count, Limit;
} CLERK, *PCLERK;

DRIVER_DISPATCH ClerkCreate;
DRIVER_DISPATCH ClerkClose;
DRIVER_DISPATCH ClerkRead;
DRIVER_DISPATCH ClerkWrite;
DRIVER_DISPATCH ClerkControl;
DRIVER_DISPATCH ClerkNeither;
DRIVER_DISPATCH ClerkFlush;
DRIVER_DISPATCH ClerkPnp;

NTSTATUS ClerkWork(PCLERK Clerk, PULONG Information);
NTSTATUS ClerkFinish(PIRP Irp, NTSTATUS Status);

NTSTATUS ClerkNeither(PDEVICE_OBJECT Device, PIRP Irp)
{
	PCLERK clerk = Device->DeviceExtension;
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		ProbeForWrite(Irp->UserBuffer, sizeof(ULONG), sizeof(ULONG));
		*(PULONG)Irp->UserBuffer = clerk->Count;
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = STATUS_ACCESS_VIOLATION;
	}
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status; /* ok: win-irp-status-mismatch */
}

/* Trap: the variable changes before it is stored. */
/* trap: win-irp-status-mismatch assigned-between */
NTSTATUS ClerkRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PCLERK clerk = Device->DeviceExtension;
	NTSTATUS status = STATUS_SUCCESS;

	if (clerk->Count == 0)
		status = STATUS_END_OF_FILE;
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status; /* ok: win-irp-status-mismatch */
}

/* Trap: stored twice; the last one counts. */
NTSTATUS ClerkWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PCLERK clerk = Device->DeviceExtension;

	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	if (clerk->Count >= clerk->Limit) {
		Irp->IoStatus.Status = STATUS_DISK_FULL;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
		return STATUS_DISK_FULL; /* ok: win-irp-status-mismatch */
	}
	clerk->Count++;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS; /* ok: win-irp-status-mismatch */
}

/* Trap: a helper completes. */
static NTSTATUS ClerkComplete(PIRP Irp, NTSTATUS Status)
{
	Irp->IoStatus.Status = Status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return Status;
}

/* trap: win-irp-status-mismatch helper-completes */
NTSTATUS ClerkCreate(PDEVICE_OBJECT Device, PIRP Irp)
{
	PCLERK clerk = Device->DeviceExtension;

	if (clerk->Limit == 0)
		return ClerkComplete(Irp, STATUS_DEVICE_NOT_READY); /* ok: win-irp-status-mismatch */
	ClerkComplete(Irp, STATUS_SUCCESS);
	return STATUS_SUCCESS; /* ok: win-irp-status-mismatch */
}

NTSTATUS ClerkClose(PDEVICE_OBJECT Device, PIRP Irp)
{
	UNREFERENCED_PARAMETER(Device);
	Irp->IoStatus.Status = STATUS_SUCCESS;
	return ClerkFinish(Irp, STATUS_CANCELLED); /* ok: win-irp-status-mismatch */
}

/* Trap: values that are not known. */
/* trap: win-irp-status-mismatch unknown-value */
NTSTATUS ClerkControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	ULONG information = 0;
	NTSTATUS status = ClerkWork(Device->DeviceExtension, &information);

	Irp->IoStatus.Information = information;
	Irp->IoStatus.Status = status;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status; /* ok: win-irp-status-mismatch */
}

/* Trap: pending is no contradiction. */
NTSTATUS ClerkFlush(PDEVICE_OBJECT Device, PIRP Irp)
{
	PCLERK clerk = Device->DeviceExtension;

	IoMarkIrpPending(Irp);
	if (clerk->Count == 0) {
		Irp->IoStatus.Status = STATUS_SUCCESS;
		Irp->IoStatus.Information = 0;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
		return STATUS_PENDING; /* ok: win-irp-status-mismatch */
	}
	ExInterlockedInsertTailList(&clerk->Queue, &Irp->Tail.Overlay.ListEntry, &clerk->Lock);
	return STATUS_PENDING; /* ok: win-irp-status-mismatch */
}

/* Trap: set for the drivers below, whose status is returned. */
NTSTATUS ClerkPnp(PDEVICE_OBJECT Device, PIRP Irp)
{
	PCLERK clerk = Device->DeviceExtension;

	Irp->IoStatus.Status = STATUS_SUCCESS;
	IoSkipCurrentIrpStackLocation(Irp);
	return IoCallDriver(clerk->Lower, Irp); /* ok: win-irp-status-mismatch */
}
