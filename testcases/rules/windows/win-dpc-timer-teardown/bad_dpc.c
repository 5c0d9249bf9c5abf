/* A DPC that an interrupt queues, and nobody waits for. */
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

KSERVICE_ROUTINE MetronomeIsr;

BOOLEAN MetronomeIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	PMETRONOME metronome = Context;

	UNREFERENCED_PARAMETER(Interrupt);
	KeInsertQueueDpc(&metronome->Dpc, NULL, NULL); /* expect: win-dpc-timer-teardown "KeInsertQueueDpc" */
	return TRUE;
}

VOID MetronomeUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	Metronome.Beats = 0;
}

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	UNREFERENCED_PARAMETER(Path);
	KeInitializeDpc(&Metronome.Dpc, MetronomeDpc, &Metronome);
	Driver->DriverUnload = MetronomeUnload;
	return STATUS_SUCCESS;
}
