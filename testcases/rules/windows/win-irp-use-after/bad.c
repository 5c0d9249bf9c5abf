/* Requests touched, or completed again, after they were given away. */
#include <ntddk.h>

typedef struct _POST {
	PDEVICE_OBJECT Lower;
	LIST_ENTRY Queue;
	PIO_WORKITEM Item;
	ULONG Count;
} POST, *PPOST;

DRIVER_DISPATCH PostCreate;
DRIVER_DISPATCH PostRead;
DRIVER_DISPATCH PostWrite;
DRIVER_DISPATCH PostControl;
DRIVER_DISPATCH PostPnp;
DRIVER_DISPATCH PostFlush;
DRIVER_DISPATCH PostQuery;
DRIVER_DISPATCH PostMark;
DRIVER_DISPATCH PostStart;
DRIVER_DISPATCH PostLater;
IO_WORKITEM_ROUTINE PostWorker;

/* The status is read from a request that is gone. */
NTSTATUS PostCreate(PDEVICE_OBJECT Device, PIRP Irp)
{
	UNREFERENCED_PARAMETER(Device);
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT); /* note: win-irp-use-after "Irp" */
	return Irp->IoStatus.Status; /* expect: win-irp-use-after "Irp" */
}

/* Completed in the branch, and again at the common end. */
NTSTATUS PostRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	NTSTATUS status = STATUS_SUCCESS;
	PPOST post = Device->DeviceExtension;

	if (post->Count == 0) {
		status = STATUS_NO_MEDIA_IN_DEVICE;
		Irp->IoStatus.Status = status;
		Irp->IoStatus.Information = 0;
		IoCompleteRequest(Irp, IO_NO_INCREMENT); /* note: win-irp-use-after "Irp" */
		goto Exit;
	}
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
Exit:
	IoCompleteRequest(Irp, IO_NO_INCREMENT); /* expect: win-irp-use-after "Irp" */
	return status;
}

/* Passed down, then changed: the lower driver may have completed it already. */
/* trap: win-irp-use-after kept-by-completion */
NTSTATUS PostWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PPOST post = Device->DeviceExtension;
	NTSTATUS status;

	IoSkipCurrentIrpStackLocation(Irp);
	status = IoCallDriver(post->Lower, Irp); /* note: win-irp-use-after "Irp" */
	Irp->IoStatus.Information = 0; /* expect: win-irp-use-after "Irp" */
	return status;
}

/* Passed down, and completed here as well when that failed. */
/* trap: win-irp-use-after own-request */
NTSTATUS PostControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PPOST post = Device->DeviceExtension;
	NTSTATUS status;

	IoCopyCurrentIrpStackLocationToNext(Irp);
	status = IoCallDriver(post->Lower, Irp); /* note: win-irp-use-after "Irp" */
	if (!NT_SUCCESS(status))
		IoCompleteRequest(Irp, IO_NO_INCREMENT); /* expect: win-irp-use-after "Irp" */
	return status;
}

/* The second name of the request. */
NTSTATUS PostPnp(PDEVICE_OBJECT Device, PIRP Irp)
{
	PPOST post = Device->DeviceExtension;
	PIRP request = Irp;

	Irp->IoStatus.Status = STATUS_NOT_SUPPORTED;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT); /* note: win-irp-use-after "Irp" */
	if (request->PendingReturned) /* expect: win-irp-use-after "Irp" */
		post->Count++;
	return STATUS_NOT_SUPPORTED;
}

/* Put on a list after its completion. */
NTSTATUS PostFlush(PDEVICE_OBJECT Device, PIRP Irp)
{
	PPOST post = Device->DeviceExtension;

	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT); /* note: win-irp-use-after "Irp" */
	InsertTailList(&post->Queue, &Irp->Tail.Overlay.ListEntry); /* expect: win-irp-use-after "Irp" */
	return STATUS_SUCCESS;
}

/* The stack location lives inside the request and dies with it. */
NTSTATUS PostQuery(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);

	UNREFERENCED_PARAMETER(Device);
	Irp->IoStatus.Status = STATUS_INVALID_DEVICE_REQUEST;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	DbgPrint("code %lx\n", stack->Parameters.DeviceIoControl.IoControlCode); /* expect: win-irp-use-after */
	return STATUS_INVALID_DEVICE_REQUEST;
}

/* Marked after it was passed down. */
NTSTATUS PostMark(PDEVICE_OBJECT Device, PIRP Irp)
{
	PPOST post = Device->DeviceExtension;
	NTSTATUS status;

	IoSkipCurrentIrpStackLocation(Irp);
	status = IoCallDriver(post->Lower, Irp);
	if (status == STATUS_PENDING)
		IoMarkIrpPending(Irp); /* expect: win-irp-use-after "Irp" */
	return status;
}

/* One exit for all, which the queued request takes as well. */
NTSTATUS PostStart(PDEVICE_OBJECT Device, PIRP Irp)
{
	PPOST post = Device->DeviceExtension;
	NTSTATUS status = STATUS_SUCCESS;

	if (post->Count > 0) {
		IoMarkIrpPending(Irp);
		IoStartPacket(Device, Irp, NULL, NULL); /* note: win-irp-use-after "Irp is queued here" */
		status = STATUS_PENDING;
	}
	Irp->IoStatus.Status = status; /* expect: win-irp-use-after "queued" */
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

/* The worker may be done with the request already. */
NTSTATUS PostLater(PDEVICE_OBJECT Device, PIRP Irp)
{
	PPOST post = Device->DeviceExtension;

	IoMarkIrpPending(Irp);
	IoQueueWorkItem(post->Item, PostWorker, DelayedWorkQueue, Irp);
	Irp->IoStatus.Information = 0; /* expect: win-irp-use-after "Irp" */
	return STATUS_PENDING;
}
