/* The unload routine is in another file than the timer. */
#include "metronome.h"

VOID MetronomeUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	KeCancelTimer(&Metronome.Timer);
	KeFlushQueuedDpcs();
}

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	UNREFERENCED_PARAMETER(Path);
	MetronomeStart(&Metronome);
	Driver->DriverUnload = MetronomeUnload;
	return STATUS_SUCCESS;
}
