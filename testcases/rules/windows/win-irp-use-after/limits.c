/* Known gaps. */
#include <ntddk.h>

typedef struct _POST {
	PDEVICE_OBJECT Lower;
} POST, *PPOST;

DRIVER_DISPATCH PostControl;
DRIVER_DISPATCH PostMark;

/* The stack location lives inside the request and dies with it. */
NTSTATUS PostControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);

	UNREFERENCED_PARAMETER(Device);
	Irp->IoStatus.Status = STATUS_INVALID_DEVICE_REQUEST;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	DbgPrint("code %lx\n", stack->Parameters.DeviceIoControl.IoControlCode); /* todo-expect: win-irp-use-after */
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
		IoMarkIrpPending(Irp); /* todo-expect: win-irp-use-after "Irp" */
	return status;
}
