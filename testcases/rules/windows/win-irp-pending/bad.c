/* Requests that are marked pending, or said to be, but not both. */
#include <ntddk.h>

typedef struct _INBOX {
	LIST_ENTRY Queue;
	KSPIN_LOCK Lock;
	PDEVICE_OBJECT Lower;
	BOOLEAN Ready;
} INBOX, *PINBOX;

DRIVER_DISPATCH InboxPoll;
DRIVER_DISPATCH InboxRead;
DRIVER_DISPATCH InboxWrite;
DRIVER_DISPATCH InboxControl;
DRIVER_DISPATCH InboxFlush;
DRIVER_DISPATCH InboxCreate;

/* Queued and reported as pending, but never marked. */
/* trap: win-irp-pending helper-marks */
NTSTATUS InboxRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PINBOX inbox = Device->DeviceExtension;

	ExInterlockedInsertTailList(&inbox->Queue, &Irp->Tail.Overlay.ListEntry, &inbox->Lock);
	return STATUS_PENDING; /* expect: win-irp-pending */
}

/* Marked, but another status is returned. */
NTSTATUS InboxWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PINBOX inbox = Device->DeviceExtension;

	IoMarkIrpPending(Irp); /* note: win-irp-pending "Irp" */
	ExInterlockedInsertTailList(&inbox->Queue, &Irp->Tail.Overlay.ListEntry, &inbox->Lock);
	return STATUS_SUCCESS; /* expect: win-irp-pending */
}

/* Marked too early: the error path completes the request and returns the error. */
NTSTATUS InboxControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PINBOX inbox = Device->DeviceExtension;

	IoMarkIrpPending(Irp); /* note: win-irp-pending "Irp" */
	if (!inbox->Ready) {
		Irp->IoStatus.Status = STATUS_DEVICE_NOT_READY;
		Irp->IoStatus.Information = 0;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
		return STATUS_DEVICE_NOT_READY; /* expect: win-irp-pending */
	}
	ExInterlockedInsertTailList(&inbox->Queue, &Irp->Tail.Overlay.ListEntry, &inbox->Lock);
	return STATUS_PENDING;
}

/* Marked on one path only, returned through a variable. */
NTSTATUS InboxFlush(PDEVICE_OBJECT Device, PIRP Irp)
{
	PINBOX inbox = Device->DeviceExtension;
	NTSTATUS status = STATUS_PENDING;
	KIRQL irql;

	KeAcquireSpinLock(&inbox->Lock, &irql);
	if (IsListEmpty(&inbox->Queue))
		IoMarkIrpPending(Irp);
	InsertTailList(&inbox->Queue, &Irp->Tail.Overlay.ListEntry);
	KeReleaseSpinLock(&inbox->Lock, irql);
	return status; /* expect: win-irp-pending */
}

/* Marked and passed down: the lower driver's status need not be STATUS_PENDING. */
/* trap: win-irp-pending lower-status */
NTSTATUS InboxCreate(PDEVICE_OBJECT Device, PIRP Irp)
{
	PINBOX inbox = Device->DeviceExtension;

	IoMarkIrpPending(Irp); /* note: win-irp-pending "Irp" */
	IoCopyCurrentIrpStackLocationToNext(Irp);
	return IoCallDriver(inbox->Lower, Irp); /* expect: win-irp-pending */
}

/* The status comes from a helper that does nothing else for it. */
static NTSTATUS InboxDefer(PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);

	if (stack->Parameters.Read.Length == 0)
		return STATUS_INVALID_PARAMETER;
	return STATUS_PENDING;
}

NTSTATUS InboxPoll(PDEVICE_OBJECT Device, PIRP Irp)
{
	NTSTATUS status = InboxDefer(Irp);

	UNREFERENCED_PARAMETER(Device);
	if (status != STATUS_PENDING) {
		Irp->IoStatus.Status = status;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
	}
	return status; /* expect: win-irp-pending */
}
