/* A device object that the unload routine forgets. */
#include <ntddk.h>

static UNICODE_STRING LampName = RTL_CONSTANT_STRING(L"\\Device\\Lamp");
static PDEVICE_OBJECT LampDevice;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD LampUnload;

VOID LampUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	LampDevice = NULL;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING RegistryPath)
{
	NTSTATUS status;

	UNREFERENCED_PARAMETER(RegistryPath);
	Driver->DriverUnload = LampUnload;
	status = IoCreateDevice(Driver, 0, &LampName, FILE_DEVICE_UNKNOWN, FILE_DEVICE_SECURE_OPEN, FALSE, &LampDevice); /* expect: win-device-leak "LampDevice" */
	if (!NT_SUCCESS(status))
		return status;
	LampDevice->Flags |= DO_BUFFERED_IO;
	return STATUS_SUCCESS;
}
