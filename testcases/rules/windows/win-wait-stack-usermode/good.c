/* Waits for objects on the stack and elsewhere. */
#include <ntddk.h>

struct mail {
	KEVENT Ready;
};

static KEVENT mail_stop;

VOID MailOpen(struct mail *mail)
{
	KeInitializeEvent(&mail->Ready, SynchronizationEvent, FALSE);
	KeInitializeEvent(&mail_stop, NotificationEvent, FALSE);
}

NTSTATUS MailSend(PDEVICE_OBJECT device, PIRP irp)
{
	KEVENT done;
	NTSTATUS status;

	KeInitializeEvent(&done, NotificationEvent, FALSE);
	irp->UserEvent = &done;
	status = IoCallDriver(device, irp);
	if (status == STATUS_PENDING) {
		KeWaitForSingleObject(&done, Executive, KernelMode, FALSE, NULL);
		status = irp->IoStatus.Status;
	}
	return status;
}

/* trap: win-wait-stack-usermode object-elsewhere */
NTSTATUS MailWait(struct mail *mail)
{
	NTSTATUS status = KeWaitForSingleObject(&mail->Ready, UserRequest, UserMode, TRUE, NULL);

	if (status == STATUS_SUCCESS)
		status = KeWaitForSingleObject(&mail_stop, UserRequest, UserMode, TRUE, NULL);
	return status;
}

/* trap: win-wait-stack-usermode unknown-mode */
NTSTATUS MailMode(PDEVICE_OBJECT device, PIRP irp, KPROCESSOR_MODE mode)
{
	KEVENT done;

	KeInitializeEvent(&done, NotificationEvent, FALSE);
	irp->UserEvent = &done;
	IoCallDriver(device, irp);
	return KeWaitForSingleObject(&done, Executive, mode, FALSE, NULL);
}
