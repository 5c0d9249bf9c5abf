/* A symbolic link that the unload routine forgets: the name points nowhere afterwards. */
#include <ntddk.h>

static UNICODE_STRING DialName = RTL_CONSTANT_STRING(L"\\Device\\Dial");
static UNICODE_STRING DialLink = RTL_CONSTANT_STRING(L"\\DosDevices\\Dial");
static PDEVICE_OBJECT DialDevice;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DialUnload;

VOID DialUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	IoDeleteDevice(DialDevice);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING RegistryPath)
{
	NTSTATUS status;

	UNREFERENCED_PARAMETER(RegistryPath);
	Driver->DriverUnload = DialUnload;
	status = IoCreateDevice(Driver, 0, &DialName, FILE_DEVICE_UNKNOWN, FILE_DEVICE_SECURE_OPEN, FALSE, &DialDevice);
	if (!NT_SUCCESS(status))
		return status;
	status = IoCreateSymbolicLink(&DialLink, &DialName); /* expect: win-symlink-leak */
	if (!NT_SUCCESS(status)) {
		IoDeleteDevice(DialDevice);
		return status;
	}
	return STATUS_SUCCESS;
}
