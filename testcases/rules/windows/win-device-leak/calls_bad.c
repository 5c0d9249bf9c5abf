/* The device is created by a helper, and stays when a later step fails. */
#include <ntddk.h>

static NTSTATUS KennelCreate(PDRIVER_OBJECT Driver, PDEVICE_OBJECT *Device)
{
	UNICODE_STRING name = RTL_CONSTANT_STRING(L"\\Device\\Kennel");

	return IoCreateDevice(Driver, 0, &name, FILE_DEVICE_UNKNOWN, 0, FALSE, Device);
}

static NTSTATUS KennelLink(PUNICODE_STRING Link)
{
	UNICODE_STRING name = RTL_CONSTANT_STRING(L"\\Device\\Kennel");

	return IoCreateSymbolicLink(Link, &name);
}

static VOID KennelUnload(PDRIVER_OBJECT Driver)
{
	UNICODE_STRING link = RTL_CONSTANT_STRING(L"\\DosDevices\\Kennel");

	IoDeleteSymbolicLink(&link);
	IoDeleteDevice(Driver->DeviceObject);
}

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	UNICODE_STRING link = RTL_CONSTANT_STRING(L"\\DosDevices\\Kennel");
	PDEVICE_OBJECT device;
	NTSTATUS status;

	UNREFERENCED_PARAMETER(Path);
	Driver->DriverUnload = KennelUnload;
	status = KennelCreate(Driver, &device); /* note: win-device-leak "calls `KennelCreate`" */
	if (!NT_SUCCESS(status))
		return status;
	device->Flags |= DO_BUFFERED_IO;
	status = KennelLink(&link);
	if (!NT_SUCCESS(status))
		return status; /* expect: win-device-leak "device" */
	return STATUS_SUCCESS;
}
