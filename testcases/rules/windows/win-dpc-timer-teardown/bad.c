/* The timer is cancelled, but its DPC may still be queued or running. */
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

/* trap: win-dpc-timer-teardown remove-lock */
static VOID MetronomeStart(PMETRONOME Metro)
{
	LARGE_INTEGER due;

	due.QuadPart = -10000000;
	KeInitializeTimer(&Metro->Timer);
	KeInitializeDpc(&Metro->Dpc, MetronomeDpc, Metro);
	KeSetTimerEx(&Metro->Timer, due, 1000, &Metro->Dpc); /* expect: win-dpc-timer-teardown "queues a DPC" */
}

/* trap: win-dpc-timer-teardown one-shot */
/* trap: win-dpc-timer-teardown flush-only */
VOID MetronomeUnload(PDRIVER_OBJECT Driver) /* note: win-dpc-timer-teardown "`MetronomeUnload` is called as driver-unload" */
{
	UNREFERENCED_PARAMETER(Driver);
	KeCancelTimer(&Metronome.Timer);
}

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	UNREFERENCED_PARAMETER(Path);
	MetronomeStart(&Metronome);
	Driver->DriverUnload = MetronomeUnload;
	return STATUS_SUCCESS;
}
