/* Traps: waited for instead; a timer without a DPC that is waited for. */
#include <ntddk.h>

typedef struct _METRONOME {
	KTIMER Timer;
	KDPC Dpc;
	PDEVICE_OBJECT Device;
	KEVENT Last;
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
	KeInitializeEvent(&Metro->Last, NotificationEvent, FALSE);
	KeInitializeTimer(&Metro->Timer);
	KeInitializeDpc(&Metro->Dpc, MetronomeDpc, Metro);
	KeSetTimerEx(&Metro->Timer, due, 1000, &Metro->Dpc); /* ok: win-dpc-timer-teardown */
}

VOID MetronomePause(PMETRONOME Metro)
{
	LARGE_INTEGER due;
	KTIMER pause;

	due.QuadPart = -10000;
	KeInitializeTimer(&pause);
	KeSetTimer(&pause, due, NULL); /* ok: win-dpc-timer-teardown */
	KeWaitForSingleObject(&pause, Executive, KernelMode, FALSE, NULL);
	Metro->Beats = 0;
}

/* trap: win-dpc-timer-teardown one-shot */
VOID MetronomeUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	KeCancelTimer(&Metronome.Timer);
	KeWaitForSingleObject(&Metronome.Last, Executive, KernelMode, FALSE, NULL);
}

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	UNREFERENCED_PARAMETER(Path);
	MetronomeStart(&Metronome);
	Driver->DriverUnload = MetronomeUnload;
	return STATUS_SUCCESS;
}
