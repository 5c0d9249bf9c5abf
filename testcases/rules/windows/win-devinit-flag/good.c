/* The flag is cleared last, or the I/O manager clears it. */
#include <ntddk.h>

typedef struct _DOOR {
	PDEVICE_OBJECT Lower;
	PDEVICE_OBJECT Child;
	ULONG State;
} DOOR, *PDOOR;

static PDEVICE_OBJECT DoorDevice;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DoorUnload;
DRIVER_ADD_DEVICE DoorAddDevice;

NTSTATUS DoorAddDevice(PDRIVER_OBJECT Driver, PDEVICE_OBJECT Pdo)
{
	PDEVICE_OBJECT device;
	NTSTATUS status;
	PDOOR door;

	status = IoCreateDevice(Driver, sizeof(DOOR), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device);
	if (!NT_SUCCESS(status))
		return status; /* ok: win-devinit-flag */
	door = device->DeviceExtension;
	door->Lower = IoAttachDeviceToDeviceStack(device, Pdo);
	if (door->Lower == NULL) {
		IoDeleteDevice(device);
		return STATUS_NO_SUCH_DEVICE; /* ok: win-devinit-flag */
	}
	device->Flags |= DO_BUFFERED_IO;
	device->Flags &= ~DO_DEVICE_INITIALIZING;
	return STATUS_SUCCESS; /* ok: win-devinit-flag */
}

/* Trap: cleared together with another flag, or through the extension. */
/* trap: win-devinit-flag with-others */
NTSTATUS DoorAddFilter(PDRIVER_OBJECT Driver, PDEVICE_OBJECT *Out)
{
	PDEVICE_OBJECT filter;
	NTSTATUS status;

	status = IoCreateDevice(Driver, sizeof(DOOR), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &filter);
	if (!NT_SUCCESS(status))
		return status;
	filter->Flags = (filter->Flags | DO_DIRECT_IO) & ~(DO_DEVICE_INITIALIZING | DO_EXCLUSIVE);
	*Out = filter;
	return STATUS_SUCCESS; /* ok: win-devinit-flag */
}

NTSTATUS DoorAddChild(PDRIVER_OBJECT Driver, PDOOR Door)
{
	PDEVICE_OBJECT child;
	NTSTATUS status;

	status = IoCreateDevice(Driver, sizeof(DOOR), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &child);
	if (!NT_SUCCESS(status))
		return status;
	Door->Child = child;
	Door->Child->Flags &= ~DO_DEVICE_INITIALIZING;
	return STATUS_SUCCESS; /* ok: win-devinit-flag */
}

/* Trap: a helper clears it. */
static VOID DoorReady(PDEVICE_OBJECT Device)
{
	Device->Flags &= ~DO_DEVICE_INITIALIZING;
}

/* trap: win-devinit-flag helper-clears */
NTSTATUS DoorAddWithHelper(PDRIVER_OBJECT Driver, PDOOR Door)
{
	NTSTATUS status;

	status = IoCreateDevice(Driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &Door->Child);
	if (!NT_SUCCESS(status))
		return status;
	DoorReady(Door->Child);
	return STATUS_SUCCESS; /* ok: win-devinit-flag */
}

VOID DoorUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	IoDeleteDevice(DoorDevice);
}

/* Trap: after DriverEntry the I/O manager clears the flag of every device of the driver. */
/* trap: win-devinit-flag driver-entry */
NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING RegistryPath)
{
	UNREFERENCED_PARAMETER(RegistryPath);
	Driver->DriverUnload = DoorUnload;
	Driver->DriverExtension->AddDevice = DoorAddDevice;
	return IoCreateDevice(Driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &DoorDevice); /* ok: win-devinit-flag */
}
