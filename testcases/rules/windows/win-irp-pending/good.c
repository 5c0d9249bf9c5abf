/* Marked and returned as pending together, or neither. */
#include <ntddk.h>

typedef struct _INBOX {
	LIST_ENTRY Queue;
	KSPIN_LOCK Lock;
	IO_CSQ Csq;
	PDEVICE_OBJECT Lower;
	BOOLEAN Ready;
} INBOX, *PINBOX;

DRIVER_DISPATCH InboxRead;
DRIVER_DISPATCH InboxWrite;
DRIVER_DISPATCH InboxControl;
DRIVER_DISPATCH InboxFlush;
DRIVER_DISPATCH InboxCreate;
DRIVER_DISPATCH InboxCleanup;
DRIVER_DISPATCH InboxClose;
DRIVER_DISPATCH InboxStart;
IO_COMPLETION_ROUTINE InboxComplete;

NTSTATUS InboxRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PINBOX inbox = Device->DeviceExtension;

	if (!inbox->Ready) {
		Irp->IoStatus.Status = STATUS_DEVICE_NOT_READY;
		Irp->IoStatus.Information = 0;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
		return STATUS_DEVICE_NOT_READY; /* ok: win-irp-pending */
	}
	IoMarkIrpPending(Irp);
	ExInterlockedInsertTailList(&inbox->Queue, &Irp->Tail.Overlay.ListEntry, &inbox->Lock);
	return STATUS_PENDING; /* ok: win-irp-pending */
}

/* Trap: marked and completed at once is legal, as long as STATUS_PENDING is returned. */
NTSTATUS InboxWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PINBOX inbox = Device->DeviceExtension;

	IoMarkIrpPending(Irp);
	if (!inbox->Ready) {
		Irp->IoStatus.Status = STATUS_DEVICE_NOT_READY;
		Irp->IoStatus.Information = 0;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
	} else {
		ExInterlockedInsertTailList(&inbox->Queue, &Irp->Tail.Overlay.ListEntry, &inbox->Lock);
	}
	return STATUS_PENDING; /* ok: win-irp-pending */
}

/* Trap: a helper marks. */
/* trap: win-irp-pending helper-marks */
static NTSTATUS InboxQueue(PINBOX Inbox, PIRP Irp)
{
	IoMarkIrpPending(Irp);
	ExInterlockedInsertTailList(&Inbox->Queue, &Irp->Tail.Overlay.ListEntry, &Inbox->Lock);
	return STATUS_PENDING; /* ok: win-irp-pending */
}

NTSTATUS InboxControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	return InboxQueue(Device->DeviceExtension, Irp); /* ok: win-irp-pending */
}

NTSTATUS InboxHold(PINBOX Inbox, PIRP Irp);

NTSTATUS InboxClose(PDEVICE_OBJECT Device, PIRP Irp)
{
	InboxHold(Device->DeviceExtension, Irp);
	return STATUS_PENDING; /* ok: win-irp-pending */
}

/* Trap: the cancel-safe queue marks the request itself. */
NTSTATUS InboxCleanup(PDEVICE_OBJECT Device, PIRP Irp)
{
	PINBOX inbox = Device->DeviceExtension;

	IoCsqInsertIrp(&inbox->Csq, Irp, NULL);
	return STATUS_PENDING; /* ok: win-irp-pending */
}

/* Trap: the lower driver's status, its marking included. */
/* trap: win-irp-pending lower-status */
NTSTATUS InboxFlush(PDEVICE_OBJECT Device, PIRP Irp)
{
	PINBOX inbox = Device->DeviceExtension;

	IoSkipCurrentIrpStackLocation(Irp);
	return IoCallDriver(inbox->Lower, Irp); /* ok: win-irp-pending */
}

NTSTATUS InboxComplete(PDEVICE_OBJECT Device, PIRP Irp, PVOID Context)
{
	UNREFERENCED_PARAMETER(Device);
	UNREFERENCED_PARAMETER(Context);
	if (Irp->PendingReturned)
		IoMarkIrpPending(Irp);
	return STATUS_SUCCESS; /* ok: win-irp-pending */
}

/* Trap: marked, and the lower driver's status thrown away. */
NTSTATUS InboxCreate(PDEVICE_OBJECT Device, PIRP Irp)
{
	PINBOX inbox = Device->DeviceExtension;

	IoMarkIrpPending(Irp);
	IoCopyCurrentIrpStackLocationToNext(Irp);
	IoSetCompletionRoutine(Irp, InboxComplete, NULL, TRUE, TRUE, TRUE);
	(VOID)IoCallDriver(inbox->Lower, Irp);
	return STATUS_PENDING; /* ok: win-irp-pending */
}

/* Trap: the I/O manager's own queue. */
NTSTATUS InboxStart(PDEVICE_OBJECT Device, PIRP Irp)
{
	IoMarkIrpPending(Irp);
	IoStartPacket(Device, Irp, NULL, NULL);
	return STATUS_PENDING; /* ok: win-irp-pending */
}
