/* Requests that are waited for. */
#include <ntddk.h>

NTSTATUS PostSend(PDEVICE_OBJECT device, PIRP irp)
{
	KEVENT done;
	NTSTATUS status;

	KeInitializeEvent(&done, NotificationEvent, FALSE);
	irp->UserEvent = &done;
	status = IoCallDriver(device, irp);
	if (status == STATUS_PENDING) {
		KeWaitForSingleObject(&done, Executive, UserMode, FALSE, NULL); /* expect: win-wait-stack-usermode "done is on the stack" */ /* note: win-wait-stack-usermode "done is on the stack, which may be paged" */
		status = irp->IoStatus.Status;
	}
	return status;
}

struct post {
	KEVENT Ready;
	LARGE_INTEGER Limit;
};

/* Inside a structure, and through a pointer. */
/* trap: win-wait-stack-usermode object-elsewhere */
NTSTATUS PostWait(PDEVICE_OBJECT device, PIRP irp)
{
	struct post post;
	PKEVENT ready = &post.Ready;

	KeInitializeEvent(ready, SynchronizationEvent, FALSE);
	post.Limit.QuadPart = -50000000LL;
	irp->UserEvent = ready;
	IoCallDriver(device, irp);
	return KeWaitForSingleObject(ready, UserRequest, UserMode, TRUE, &post.Limit); /* expect: win-wait-stack-usermode "ready" */
}

/* The mode is known on this path. */
/* trap: win-wait-stack-usermode unknown-mode */
NTSTATUS PostMode(PKTIMER timer, BOOLEAN user)
{
	KPROCESSOR_MODE mode = KernelMode;
	KSEMAPHORE tokens;

	UNREFERENCED_PARAMETER(timer);
	KeInitializeSemaphore(&tokens, 0, 1);
	if (user) {
		mode = UserMode;
		return KeWaitForSingleObject(&tokens, Executive, mode, FALSE, NULL); /* expect: win-wait-stack-usermode "tokens" */
	}
	return STATUS_SUCCESS;
}
