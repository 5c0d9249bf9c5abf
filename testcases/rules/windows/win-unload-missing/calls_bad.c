/* The device is created two calls below DriverEntry. */
#include <ntddk.h>

static PDEVICE_OBJECT AtticDevice;

static NTSTATUS AtticCreate(PDRIVER_OBJECT Driver)
{
	return IoCreateDevice(Driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &AtticDevice); /* expect: win-unload-missing "IoCreateDevice" */
}

static NTSTATUS AtticSetup(PDRIVER_OBJECT Driver)
{
	return AtticCreate(Driver);
}

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	UNREFERENCED_PARAMETER(Path);
	return AtticSetup(Driver);
}
