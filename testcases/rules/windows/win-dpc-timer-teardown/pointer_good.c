/* Start and stop are in a table, and stop flushes. */
#include <ntddk.h>

typedef struct _METRONOME {
	KTIMER Timer;
	KDPC Dpc;
	PDEVICE_OBJECT Device;
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
	KeSetTimerEx(&Metro->Timer, due, 1000, &Metro->Dpc); /* ok: win-dpc-timer-teardown */
}

static VOID MetronomeStop(PMETRONOME Metro)
{
	KeCancelTimer(&Metro->Timer);
	KeFlushQueuedDpcs();
}

static const struct {
	VOID (*Start)(PMETRONOME Metro);
	VOID (*Stop)(PMETRONOME Metro);
} MetronomeOps = { MetronomeStart, MetronomeStop };

VOID MetronomeUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	MetronomeOps.Stop(&Metronome);
}

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	UNREFERENCED_PARAMETER(Path);
	MetronomeOps.Start(&Metronome);
	Driver->DriverUnload = MetronomeUnload;
	return STATUS_SUCCESS;
}
