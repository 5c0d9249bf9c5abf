/* A periodic timer that nothing cancels; waiting for a thread does not end it. */
#include <ntddk.h>

typedef struct _METRONOME {
	KTIMER Timer;
	KDPC Dpc;
	PVOID Thread;
	ULONG Beats;
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
	metronome->Beats++;
}

static VOID MetronomeStart(PMETRONOME Metro)
{
	LARGE_INTEGER due;

	due.QuadPart = -10000000;
	KeInitializeTimer(&Metro->Timer);
	KeInitializeDpc(&Metro->Dpc, MetronomeDpc, Metro);
	KeSetTimerEx(&Metro->Timer, due, 1000, &Metro->Dpc); /* expect: win-dpc-timer-teardown "the timer Metro->Timer" */
}

VOID MetronomeUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	KeWaitForSingleObject(Metronome.Thread, Executive, KernelMode, FALSE, NULL);
	ObDereferenceObject(Metronome.Thread);
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
