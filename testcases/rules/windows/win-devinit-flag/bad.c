/* Devices made outside DriverEntry that stay closed to every request. */
#include <ntddk.h>

typedef struct _DOOR {
	PDEVICE_OBJECT Lower;
	PDEVICE_OBJECT Child;
	ULONG State;
} DOOR, *PDOOR;

DRIVER_ADD_DEVICE DoorAddDevice;
DRIVER_ADD_DEVICE DoorAddFilter;
DRIVER_DISPATCH DoorControl;

/* trap: win-devinit-flag helper-clears */
NTSTATUS DoorAddDevice(PDRIVER_OBJECT Driver, PDEVICE_OBJECT Pdo)
{
	PDEVICE_OBJECT device;
	NTSTATUS status;
	PDOOR door;

	status = IoCreateDevice(Driver, sizeof(DOOR), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device); /* note: win-devinit-flag "device" */
	if (!NT_SUCCESS(status))
		return status;
	door = device->DeviceExtension;
	door->Lower = IoAttachDeviceToDeviceStack(device, Pdo);
	if (door->Lower == NULL) {
		IoDeleteDevice(device);
		return STATUS_NO_SUCH_DEVICE;
	}
	device->Flags |= DO_BUFFERED_IO;
	return STATUS_SUCCESS; /* expect: win-devinit-flag "device" */
}

/* Another flag is cleared. */
/* trap: win-devinit-flag with-others */
NTSTATUS DoorAddFilter(PDRIVER_OBJECT Driver, PDEVICE_OBJECT Pdo)
{
	PDEVICE_OBJECT filter;
	NTSTATUS status;

	status = IoCreateDevice(Driver, sizeof(DOOR), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &filter); /* note: win-devinit-flag "filter" */
	if (!NT_SUCCESS(status))
		return status;
	filter->Flags |= DO_DIRECT_IO;
	filter->Flags &= ~DO_EXCLUSIVE;
	((PDOOR)filter->DeviceExtension)->Lower = Pdo;
	return STATUS_SUCCESS; /* expect: win-devinit-flag "filter" */
}

/* Made while the driver is running, by a request. */
/* trap: win-devinit-flag driver-entry */
NTSTATUS DoorControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDOOR door = Device->DeviceExtension;
	PDEVICE_OBJECT extra;
	NTSTATUS status;

	status = IoCreateDevice(Device->DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &extra); /* note: win-devinit-flag "extra" */
	if (NT_SUCCESS(status))
		door->Child = extra;
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status; /* expect: win-devinit-flag "extra" */
}

/* One device twice, the other not at all. */
static NTSTATUS DoorAddPair(PDRIVER_OBJECT Driver, PDOOR Door)
{
	PDEVICE_OBJECT first, second;
	NTSTATUS status;

	status = IoCreateDevice(Driver, sizeof(DOOR), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &first);
	if (!NT_SUCCESS(status))
		return status;
	status = IoCreateDevice(Driver, sizeof(DOOR), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &second); /* note: win-devinit-flag "second" */
	if (!NT_SUCCESS(status)) {
		IoDeleteDevice(first);
		return status;
	}
	first->Flags &= ~DO_DEVICE_INITIALIZING;
	first->Flags &= ~DO_DEVICE_INITIALIZING;
	((PDOOR)first->DeviceExtension)->Child = second;
	Door->Child = first;
	return STATUS_SUCCESS; /* expect: win-devinit-flag "second" */
}

/* Not the driver's start: the bus has found two more. */
NTSTATUS DoorRescan(PDRIVER_OBJECT Driver, PDOOR Door)
{
	return DoorAddPair(Driver, Door);
}
