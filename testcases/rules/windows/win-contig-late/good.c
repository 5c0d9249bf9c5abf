/* A frame grabber that has its buffers from the beginning. */
#include <ntddk.h>

#define SHOT_BYTES (1024 * 768 * 2)

typedef struct _CAMERA {
	PVOID Shot;
	PVOID Next;
	PVOID Index;
} CAMERA, *PCAMERA;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD CameraUnload;
DRIVER_DISPATCH CameraPnp;
DRIVER_DISPATCH CameraControl;
DRIVER_DISPATCH CameraFilterPnp;

static CAMERA Camera;

static PVOID CameraBuffer(SIZE_T Size)
{
	PHYSICAL_ADDRESS highest;

	highest.QuadPart = 0xFFFFFFFF;
	return MmAllocateContiguousMemory(Size, highest);
}

static NTSTATUS CameraStart(PCAMERA Ext)
{
	PHYSICAL_ADDRESS highest;

	highest.QuadPart = 0xFFFFFFFF;
	if (Ext->Next == NULL)
		Ext->Next = MmAllocateContiguousMemory(SHOT_BYTES, highest);
	return Ext->Next != NULL ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
}

/* trap: win-contig-late start-device */
NTSTATUS CameraPnp(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	NTSTATUS status = STATUS_SUCCESS;

	if (stack->MinorFunction == IRP_MN_START_DEVICE)
		status = CameraStart(Device->DeviceExtension);
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

static NTSTATUS CameraFilterStart(PCAMERA Ext)
{
	PHYSICAL_ADDRESS highest;

	highest.QuadPart = 0xFFFFFFFF;
	if (Ext->Next == NULL)
		Ext->Next = MmAllocateContiguousMemory(SHOT_BYTES, highest);
	return Ext->Next != NULL ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
}

/* It is stored for IRP_MJ_PNP in another file. */
NTSTATUS CameraFilterPnp(PDEVICE_OBJECT Device, PIRP Irp)
{
	NTSTATUS status = STATUS_SUCCESS;

	if (IoGetCurrentIrpStackLocation(Irp)->MinorFunction == IRP_MN_START_DEVICE)
		status = CameraFilterStart(Device->DeviceExtension);
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

/* trap: win-contig-late one-page */
/* trap: win-contig-late shared-helper */
NTSTATUS CameraControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PCAMERA camera = Device->DeviceExtension;
	PHYSICAL_ADDRESS highest;

	highest.QuadPart = 0xFFFFFFFF;
	if (camera->Shot == NULL)
		camera->Shot = CameraBuffer(SHOT_BYTES);
	if (camera->Index == NULL)
		camera->Index = MmAllocateContiguousMemory(PAGE_SIZE, highest);
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}

VOID CameraUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	if (Camera.Shot != NULL)
		MmFreeContiguousMemory(Camera.Shot);
	if (Camera.Next != NULL)
		MmFreeContiguousMemory(Camera.Next);
	if (Camera.Index != NULL)
		MmFreeContiguousMemory(Camera.Index);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	UNREFERENCED_PARAMETER(Path);
	Driver->DriverUnload = CameraUnload;
	Driver->MajorFunction[IRP_MJ_PNP] = CameraPnp;
	Driver->MajorFunction[IRP_MJ_DEVICE_CONTROL] = CameraControl;
	Camera.Shot = CameraBuffer(SHOT_BYTES);
	return Camera.Shot != NULL ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
}
