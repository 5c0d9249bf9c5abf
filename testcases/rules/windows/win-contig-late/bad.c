/* A frame grabber that looks for large buffers when it needs them. */
#include <ntddk.h>

#define FRAME_BYTES (1024 * 768 * 2)

typedef struct _GRABBER {
	PVOID Frame;
	PVOID Index;
	PVOID Spare;
} GRABBER, *PGRABBER;

DRIVER_DISPATCH GrabberControl;
DRIVER_DISPATCH GrabberRead;
IO_WORKITEM_ROUTINE GrabberGrow;

static PVOID GrabberFrame(SIZE_T Size)
{
	PHYSICAL_ADDRESS highest;

	highest.QuadPart = 0xFFFFFFFF;
	return MmAllocateContiguousMemory(Size, highest); /* expect: win-contig-late "on behalf of GrabberControl (dispatch)" */
}

/* trap: win-contig-late shared-helper */
NTSTATUS GrabberControl(PDEVICE_OBJECT Device, PIRP Irp) /* note: win-contig-late "GrabberControl" */
{
	PGRABBER grabber = Device->DeviceExtension;
	NTSTATUS status = STATUS_SUCCESS;

	if (grabber->Frame == NULL)
		grabber->Frame = GrabberFrame(FRAME_BYTES); /* note: win-contig-late "calls `GrabberFrame`" */
	if (grabber->Frame == NULL)
		status = STATUS_INSUFFICIENT_RESOURCES;
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

/* trap: win-contig-late one-page */
NTSTATUS GrabberRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PGRABBER grabber = Device->DeviceExtension;
	PHYSICAL_ADDRESS highest;

	highest.QuadPart = 0xFFFFFFFF;
	if (grabber->Index == NULL)
		grabber->Index = MmAllocateContiguousMemory(2 * PAGE_SIZE, highest); /* expect: win-contig-late "GrabberRead" */
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}

/* trap: win-contig-late start-device */
VOID GrabberGrow(PDEVICE_OBJECT Device, PVOID Context)
{
	PGRABBER grabber = Context;
	PHYSICAL_ADDRESS lowest, highest, boundary;

	UNREFERENCED_PARAMETER(Device);
	lowest.QuadPart = 0;
	highest.QuadPart = 0xFFFFFFFF;
	boundary.QuadPart = 0;
	grabber->Spare = MmAllocateContiguousMemorySpecifyCache(FRAME_BYTES, lowest, highest, boundary, MmCached); /* expect: win-contig-late "work-item-routine" */
}

VOID GrabberRemove(PGRABBER Grabber)
{
	if (Grabber->Frame != NULL)
		MmFreeContiguousMemory(Grabber->Frame);
	if (Grabber->Index != NULL)
		MmFreeContiguousMemory(Grabber->Index);
	if (Grabber->Spare != NULL)
		MmFreeContiguousMemorySpecifyCache(Grabber->Spare, FRAME_BYTES, MmCached);
}
