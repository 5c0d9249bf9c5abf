#include "attic.h"

PDEVICE_OBJECT AtticDevice;

NTSTATUS AtticCreate(PDRIVER_OBJECT Driver)
{
	return IoCreateDevice(Driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &AtticDevice); /* expect: win-unload-missing "IoCreateDevice" */
}
