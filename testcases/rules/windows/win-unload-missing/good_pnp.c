/* Trap: a plug and play driver acquires in AddDevice and releases when the device is removed. */
#include <ntddk.h>

DRIVER_ADD_DEVICE AtticAdd;

NTSTATUS AtticAdd(PDRIVER_OBJECT Driver, PDEVICE_OBJECT Physical)
{
	PDEVICE_OBJECT device;
	NTSTATUS status = IoCreateDevice(Driver, sizeof(PVOID), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device); /* ok: win-unload-missing */

	if (!NT_SUCCESS(status))
		return status;
	*(PVOID *)device->DeviceExtension = IoAttachDeviceToDeviceStack(device, Physical);
	if (*(PVOID *)device->DeviceExtension == NULL) {
		IoDeleteDevice(device);
		return STATUS_NO_SUCH_DEVICE;
	}
	device->Flags &= ~DO_DEVICE_INITIALIZING;
	return STATUS_SUCCESS;
}

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	UNREFERENCED_PARAMETER(Path);
	Driver->DriverExtension->AddDevice = AtticAdd;
	return STATUS_SUCCESS;
}
