/* Created by functions that call each other, and no unload routine. */
#include <ntddk.h>

static PDEVICE_OBJECT AtticDevice;

static NTSTATUS AtticRetry(PDRIVER_OBJECT Driver, ULONG Rest);

static NTSTATUS AtticTry(PDRIVER_OBJECT Driver, ULONG Rest)
{
	NTSTATUS status = IoCreateDevice(Driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &AtticDevice); /* expect: win-unload-missing "IoCreateDevice" */

	if (NT_SUCCESS(status) || Rest == 0)
		return status;
	return AtticRetry(Driver, Rest);
}

static NTSTATUS AtticRetry(PDRIVER_OBJECT Driver, ULONG Rest)
{
	return AtticTry(Driver, Rest - 1);
}

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	UNREFERENCED_PARAMETER(Path);
	return AtticTry(Driver, 3);
}
