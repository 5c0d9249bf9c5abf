/* A helper of DriverEntry sets the unload routine. */
#include <ntddk.h>

static PDEVICE_OBJECT AtticDevice;

static VOID AtticUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	IoDeleteDevice(AtticDevice);
}

static NTSTATUS AtticCreate(PDRIVER_OBJECT Driver)
{
	return IoCreateDevice(Driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &AtticDevice); /* ok: win-unload-missing */
}

static NTSTATUS AtticSetup(PDRIVER_OBJECT Driver)
{
	return AtticCreate(Driver);
}

static VOID AtticRoutines(PDRIVER_OBJECT Driver)
{
	Driver->DriverUnload = AtticUnload;
}

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	UNREFERENCED_PARAMETER(Path);
	AtticRoutines(Driver);
	return AtticSetup(Driver);
}
