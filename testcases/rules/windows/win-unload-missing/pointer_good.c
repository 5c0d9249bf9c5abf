/* Created by a function of a table, with an unload routine. */
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

static NTSTATUS (*const AtticSteps[])(PDRIVER_OBJECT Driver) = { AtticSetup };

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	UNREFERENCED_PARAMETER(Path);
	Driver->DriverUnload = AtticUnload;
	return AtticSteps[0](Driver);
}
