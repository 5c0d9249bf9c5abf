/* Flushed too late: what the DPC uses is gone by then. */
#include <ntddk.h>

typedef struct _METRONOME {
	KTIMER Timer;
	KDPC Dpc;
	NPAGED_LOOKASIDE_LIST Notes;
	PVOID Last;
} METRONOME, *PMETRONOME;

static METRONOME Metronome;

KDEFERRED_ROUTINE MetronomeDpc;
DRIVER_UNLOAD MetronomeUnload;

VOID MetronomeDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PMETRONOME metronome = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	metronome->Last = ExAllocateFromNPagedLookasideList(&metronome->Notes);
}

VOID MetronomeUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	KeCancelTimer(&Metronome.Timer);
	ExDeleteNPagedLookasideList(&Metronome.Notes);
	KeFlushQueuedDpcs(); /* expect: win-dpc-timer-teardown "MetronomeDpc may run until it is stopped here" */
}

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	LARGE_INTEGER due;

	UNREFERENCED_PARAMETER(Path);
	due.QuadPart = -10000000;
	ExInitializeNPagedLookasideList(&Metronome.Notes, NULL, NULL, 0, 64, 'rteM', 0);
	KeInitializeTimer(&Metronome.Timer);
	KeInitializeDpc(&Metronome.Dpc, MetronomeDpc, &Metronome);
	KeSetTimer(&Metronome.Timer, due, &Metronome.Dpc);
	Driver->DriverUnload = MetronomeUnload;
	return STATUS_SUCCESS;
}
