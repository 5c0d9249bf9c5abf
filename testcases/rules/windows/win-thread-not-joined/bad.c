/* The thread is told to stop, but nobody waits until it has. */
#include <ntddk.h>

typedef struct _GARDEN {
	KEVENT Wake;
	PVOID Thread;
	BOOLEAN Stop;
	ULONG Watered;
} GARDEN, *PGARDEN;

static GARDEN Garden;

KSTART_ROUTINE GardenThread;
DRIVER_UNLOAD GardenUnload;

/* Trap: the thread's own wait is not for itself. */
/* trap: win-thread-not-joined own-wait */
VOID GardenThread(PVOID Context)
{
	PGARDEN garden = Context;

	while (!garden->Stop) {
		KeWaitForSingleObject(&garden->Wake, Executive, KernelMode, FALSE, NULL);
		garden->Watered++;
	}
	PsTerminateSystemThread(STATUS_SUCCESS);
}

static NTSTATUS GardenStart(PGARDEN Ext)
{
	HANDLE handle;
	NTSTATUS status;

	KeInitializeEvent(&Ext->Wake, SynchronizationEvent, FALSE);
	status = PsCreateSystemThread(&handle, THREAD_ALL_ACCESS, NULL, NULL, NULL, GardenThread, Ext); /* expect: win-thread-not-joined "PsCreateSystemThread" */
	if (!NT_SUCCESS(status))
		return status;
	ZwClose(handle);
	return status;
}

/* trap: win-thread-not-joined last-action */
VOID GardenUnload(PDRIVER_OBJECT Driver) /* note: win-thread-not-joined "`GardenUnload` is called as driver-unload" */
{
	UNREFERENCED_PARAMETER(Driver);
	Garden.Stop = TRUE;
	KeSetEvent(&Garden.Wake, IO_NO_INCREMENT, FALSE);
}

DRIVER_INITIALIZE DriverEntry;

/* trap: win-thread-not-joined ends-in-entry */
NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	UNREFERENCED_PARAMETER(Path);
	Driver->DriverUnload = GardenUnload;
	return GardenStart(&Garden);
}
