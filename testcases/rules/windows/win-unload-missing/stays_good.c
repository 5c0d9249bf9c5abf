/* Stays until the system stops, and makes nothing that it would have to undo. */
#include <ntddk.h>

typedef struct _ATTIC {
	PDEVICE_OBJECT Lower;
} ATTIC, *PATTIC;

static ULONG AtticStarts;

DRIVER_INITIALIZE DriverEntry;
DRIVER_ADD_DEVICE AtticAddDevice;

/* Made for a device of the bus, and removed with it. */
NTSTATUS AtticAddDevice(PDRIVER_OBJECT Driver, PDEVICE_OBJECT Pdo)
{
	PDEVICE_OBJECT device;
	NTSTATUS status;
	PATTIC attic;

	status = IoCreateDevice(Driver, sizeof(ATTIC), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device); /* ok: win-unload-missing */
	if (!NT_SUCCESS(status))
		return status;
	attic = device->DeviceExtension;
	attic->Lower = IoAttachDeviceToDeviceStack(device, Pdo);
	if (attic->Lower == NULL) {
		IoDeleteDevice(device);
		return STATUS_NO_SUCH_DEVICE;
	}
	device->Flags &= ~DO_DEVICE_INITIALIZING;
	return STATUS_SUCCESS;
}

/* trap: win-unload-missing stays-loaded */
NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	UNREFERENCED_PARAMETER(Path);
	AtticStarts++;
	Driver->DriverExtension->AddDevice = AtticAddDevice;
	return STATUS_SUCCESS; /* ok: win-unload-missing */
}
