/* The device is made in another file, and neither has an unload routine. */
#include "attic.h"

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	UNREFERENCED_PARAMETER(Path);
	return AtticCreate(Driver);
}
