/* A mill with all the wrong names. */
#include <ntddk.h>

NTSTATUS MillLink(VOID)
{
	UNICODE_STRING link, device;

	RtlInitUnicodeString(&device, L"\\Device\\Mill");
	RtlInitUnicodeString(&link, L"\\\\.\\Mill");
	return IoCreateSymbolicLink(&link, &device); /* expect: win-device-names "link is no name for a link" */ /* note: win-device-names "link is no name for a link that programs" */
}

/* trap: win-device-names other-directory */
NTSTATUS MillDevice(PDRIVER_OBJECT driver, PDEVICE_OBJECT *device)
{
	UNICODE_STRING name;

	RtlInitUnicodeString(&name, L"\\DosDevices\\Mill");
	return IoCreateDevice(driver, 0, &name, FILE_DEVICE_UNKNOWN, 0, FALSE, device); /* expect: win-device-names "name is no name for a device" */
}

/* trap: win-device-names no-name */
NTSTATUS MillRelative(PDRIVER_OBJECT driver, PDEVICE_OBJECT *device)
{
	UNICODE_STRING name = RTL_CONSTANT_STRING(L"Mill");

	return IoCreateDevice(driver, 0, &name, FILE_DEVICE_UNKNOWN, 0, FALSE, device); /* expect: win-device-names "name is no name for a device" */
}

/* The other way round. */
/* trap: win-device-names made-at-run-time */
NTSTATUS MillSwapped(VOID)
{
	UNICODE_STRING link = RTL_CONSTANT_STRING(L"\\??\\Mill");
	UNICODE_STRING device = RTL_CONSTANT_STRING(L"\\Device\\Mill");

	return IoCreateSymbolicLink(&device, &link); /* expect: win-device-names "the wrong way round" */
}

/* As the cheat sheet prints it. */
NTSTATUS MillSheet(VOID)
{
	UNICODE_STRING link, device;

	RtlInitUnicodeString(&link, L"\\?\\Mill");
	RtlInitUnicodeString(&device, L"\\Device\\Mill");
	return IoCreateSymbolicLink(&link, &device); /* expect: win-device-names "link is no name for a link" */
}
