/* The unload routine is in another file than the thread. */
#include "garden.h"

VOID GardenUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	Garden.Stop = TRUE;
	KeSetEvent(&Garden.Wake, IO_NO_INCREMENT, FALSE);
	KeWaitForSingleObject(Garden.Thread, Executive, KernelMode, FALSE, NULL);
	ObDereferenceObject(Garden.Thread);
}

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	UNREFERENCED_PARAMETER(Path);
	Driver->DriverUnload = GardenUnload;
	return GardenStart(&Garden);
}
