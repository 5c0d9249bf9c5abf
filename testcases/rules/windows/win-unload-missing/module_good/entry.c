/* The device is made in another file, which has the unload routine, too. */
#include "attic.h"

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	UNREFERENCED_PARAMETER(Path);
	AtticRoutines(Driver);
	return AtticCreate(Driver);
}
