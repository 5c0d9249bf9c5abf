#include "attic.h"

PDEVICE_OBJECT AtticDevice;

NTSTATUS AtticCreate(PDRIVER_OBJECT Driver)
{
	return IoCreateDevice(Driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &AtticDevice); /* ok: win-unload-missing */
}

static VOID AtticUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	IoDeleteDevice(AtticDevice);
}

VOID AtticRoutines(PDRIVER_OBJECT Driver)
{
	Driver->DriverUnload = AtticUnload;
}
