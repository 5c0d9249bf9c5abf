/* The request is left alone once it was given away, or is still the driver's. */
#include <ntddk.h>

typedef struct _POST {
	IO_REMOVE_LOCK RemoveLock;
	PDEVICE_OBJECT Lower;
	LIST_ENTRY Queue;
	ULONG Count;
} POST, *PPOST;

DRIVER_DISPATCH PostCreate;
DRIVER_DISPATCH PostRead;
DRIVER_DISPATCH PostWrite;
DRIVER_DISPATCH PostPnp;
DRIVER_DISPATCH PostPower;
DRIVER_DISPATCH PostClose;
DRIVER_DISPATCH PostControl;
DRIVER_DISPATCH PostStart;
IO_COMPLETION_ROUTINE PostFree;
IO_COMPLETION_ROUTINE PostSignal;

NTSTATUS PostCreate(PDEVICE_OBJECT Device, PIRP Irp)
{
	NTSTATUS status = STATUS_SUCCESS;

	UNREFERENCED_PARAMETER(Device);
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status; /* ok: win-irp-use-after */
}

NTSTATUS PostRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	NTSTATUS status = STATUS_SUCCESS;
	PPOST post = Device->DeviceExtension;

	if (post->Count == 0)
		status = STATUS_NO_MEDIA_IN_DEVICE;
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT); /* ok: win-irp-use-after */
	return status;
}

/* Trap: completed on the path that leaves, passed down on the other. */
NTSTATUS PostWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PPOST post = Device->DeviceExtension;

	if (post->Count == 0) {
		Irp->IoStatus.Status = STATUS_DEVICE_NOT_READY;
		Irp->IoStatus.Information = 0;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
		return STATUS_DEVICE_NOT_READY;
	}
	IoSkipCurrentIrpStackLocation(Irp); /* ok: win-irp-use-after */
	return IoCallDriver(post->Lower, Irp);
}

/* Trap: the completion routine keeps the request for the dispatch routine, which waits for it. */
NTSTATUS PostSignal(PDEVICE_OBJECT Device, PIRP Irp, PVOID Context)
{
	UNREFERENCED_PARAMETER(Device);
	UNREFERENCED_PARAMETER(Irp);
	KeSetEvent(Context, IO_NO_INCREMENT, FALSE);
	return STATUS_MORE_PROCESSING_REQUIRED;
}

/* trap: win-irp-use-after kept-by-completion */
NTSTATUS PostPnp(PDEVICE_OBJECT Device, PIRP Irp)
{
	PPOST post = Device->DeviceExtension;
	NTSTATUS status;
	KEVENT event;

	KeInitializeEvent(&event, NotificationEvent, FALSE);
	IoCopyCurrentIrpStackLocationToNext(Irp);
	IoSetCompletionRoutine(Irp, PostSignal, &event, TRUE, TRUE, TRUE);
	status = IoCallDriver(post->Lower, Irp);
	if (status == STATUS_PENDING) {
		KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, NULL);
		status = Irp->IoStatus.Status; /* ok: win-irp-use-after */
	}
	IoCompleteRequest(Irp, IO_NO_INCREMENT); /* ok: win-irp-use-after */
	return status;
}

/* Trap: a request of the driver's own, which it frees itself. */
/* trap: win-irp-use-after own-request */
NTSTATUS PostSend(PPOST Post)
{
	PIRP irp = IoAllocateIrp(Post->Lower->StackSize, FALSE);
	PIO_STACK_LOCATION next;
	NTSTATUS status;
	KEVENT event;

	if (irp == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	KeInitializeEvent(&event, NotificationEvent, FALSE);
	next = IoGetNextIrpStackLocation(irp);
	next->MajorFunction = IRP_MJ_FLUSH_BUFFERS;
	IoSetCompletionRoutine(irp, PostSignal, &event, TRUE, TRUE, TRUE);
	status = IoCallDriver(Post->Lower, irp);
	if (status == STATUS_PENDING) {
		KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, NULL);
		status = irp->IoStatus.Status; /* ok: win-irp-use-after */
	}
	IoFreeIrp(irp); /* ok: win-irp-use-after */
	return status;
}

/* Trap: the status block of a synchronous request is not part of the request. */
NTSTATUS PostSync(PPOST Post)
{
	IO_STATUS_BLOCK io;
	NTSTATUS status;
	KEVENT event;
	PIRP irp;

	KeInitializeEvent(&event, NotificationEvent, FALSE);
	irp = IoBuildSynchronousFsdRequest(IRP_MJ_FLUSH_BUFFERS, Post->Lower, NULL, 0, NULL, &event, &io);
	if (irp == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = IoCallDriver(Post->Lower, irp);
	if (status == STATUS_PENDING) {
		KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, NULL);
		status = io.Status; /* ok: win-irp-use-after */
	}
	return status;
}

/* Trap: the variable holds another request in each round. */
VOID PostDrain(PPOST Post)
{
	PLIST_ENTRY entry;
	PIRP irp;

	while (!IsListEmpty(&Post->Queue)) {
		entry = RemoveHeadList(&Post->Queue);
		irp = CONTAINING_RECORD(entry, IRP, Tail.Overlay.ListEntry);
		irp->IoStatus.Status = STATUS_CANCELLED; /* ok: win-irp-use-after */
		irp->IoStatus.Information = 0;
		IoCompleteRequest(irp, IO_NO_INCREMENT); /* ok: win-irp-use-after */
	}
}

/* Trap: the helper waits for the drivers below, and the request comes back. */
NTSTATUS PostPower(PDEVICE_OBJECT Device, PIRP Irp)
{
	PPOST post = Device->DeviceExtension;
	NTSTATUS status;

	if (IoForwardIrpSynchronously(post->Lower, Irp))
		status = Irp->IoStatus.Status; /* ok: win-irp-use-after */
	else
		status = STATUS_UNSUCCESSFUL;
	Irp->IoStatus.Status = status; /* ok: win-irp-use-after */
	IoCompleteRequest(Irp, IO_NO_INCREMENT); /* ok: win-irp-use-after */
	return status;
}

/* Trap: only the address is used, as a tag or to print it. */
NTSTATUS PostClose(PDEVICE_OBJECT Device, PIRP Irp)
{
	PPOST post = Device->DeviceExtension;
	NTSTATUS status = IoAcquireRemoveLock(&post->RemoveLock, Irp);

	if (!NT_SUCCESS(status)) {
		Irp->IoStatus.Status = status;
		Irp->IoStatus.Information = 0;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
		return status;
	}
	IoSkipCurrentIrpStackLocation(Irp);
	status = IoCallDriver(post->Lower, Irp);
	IoReleaseRemoveLock(&post->RemoveLock, Irp); /* ok: win-irp-use-after */
	DbgPrint("request %p passed on\n", Irp); /* ok: win-irp-use-after */
	return status;
}

/* Trap: given away in some cases of a switch, completed in the others. */
NTSTATUS PostControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPOST post = Device->DeviceExtension;
	NTSTATUS status;

	switch (stack->Parameters.DeviceIoControl.IoControlCode) {
	case 1:
		post->Count = 0;
		status = STATUS_SUCCESS;
		break;
	case 2:
		IoSkipCurrentIrpStackLocation(Irp);
		return IoCallDriver(post->Lower, Irp);
	default:
		status = STATUS_INVALID_DEVICE_REQUEST;
		break;
	}
	Irp->IoStatus.Status = status; /* ok: win-irp-use-after */
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

/* Trap: a completion routine that frees the driver's own request after it has read it. */
NTSTATUS PostFree(PDEVICE_OBJECT Device, PIRP Irp, PVOID Context)
{
	UNREFERENCED_PARAMETER(Device);
	*(NTSTATUS *)Context = Irp->IoStatus.Status; /* ok: win-irp-use-after */
	IoFreeIrp(Irp);
	return STATUS_MORE_PROCESSING_REQUIRED;
}

/* One exit for all: only a request that was not queued is completed there. */
NTSTATUS PostStart(PDEVICE_OBJECT Device, PIRP Irp)
{
	PPOST post = Device->DeviceExtension;
	NTSTATUS status = STATUS_SUCCESS;

	if (post->Count > 0) {
		IoMarkIrpPending(Irp);
		IoStartPacket(Device, Irp, NULL, NULL);
		status = STATUS_PENDING;
	}
	if (status != STATUS_PENDING) {
		Irp->IoStatus.Status = status; /* ok: win-irp-use-after */
		Irp->IoStatus.Information = 0;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
	}
	return status;
}
