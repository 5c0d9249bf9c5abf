/* Whoever holds the remove lock, the DPC as well, is waited for before the device goes. */
#include <ntddk.h>

typedef struct _METRONOME {
	IO_REMOVE_LOCK RemoveLock;
	KTIMER Timer;
	KDPC Dpc;
	ULONG Beats;
} METRONOME, *PMETRONOME;

KDEFERRED_ROUTINE MetronomeDpc;
DRIVER_UNLOAD MetronomeUnload;
DRIVER_INITIALIZE DriverEntry;

VOID MetronomeDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PMETRONOME metronome = Context;

	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	metronome->Beats++;
	IoReleaseRemoveLock(&metronome->RemoveLock, Dpc);
}

NTSTATUS MetronomeStart(PMETRONOME Metro)
{
	NTSTATUS status = IoAcquireRemoveLock(&Metro->RemoveLock, &Metro->Dpc);
	LARGE_INTEGER due;

	if (!NT_SUCCESS(status))
		return status;
	due.QuadPart = -10000000;
	KeInitializeTimer(&Metro->Timer);
	KeInitializeDpc(&Metro->Dpc, MetronomeDpc, Metro);
	KeSetTimer(&Metro->Timer, due, &Metro->Dpc); /* ok: win-dpc-timer-teardown */
	return STATUS_SUCCESS;
}

/* trap: win-dpc-timer-teardown remove-lock */
VOID MetronomeRemove(PDEVICE_OBJECT Device, PIRP Irp)
{
	PMETRONOME metro = Device->DeviceExtension;

	if (KeCancelTimer(&metro->Timer))
		IoReleaseRemoveLock(&metro->RemoveLock, &metro->Dpc);
	IoReleaseRemoveLockAndWait(&metro->RemoveLock, Irp);
	IoDeleteDevice(Device); /* ok: win-dpc-timer-teardown */
}

VOID MetronomeUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	UNREFERENCED_PARAMETER(Path);
	Driver->DriverUnload = MetronomeUnload;
	return STATUS_SUCCESS;
}
