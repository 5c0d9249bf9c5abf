/* Started two calls below DriverEntry; the helper of the thread waits, too, but not for its end. */
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

static VOID GardenSleep(PGARDEN Ext)
{
	KeWaitForSingleObject(&Ext->Wake, Executive, KernelMode, FALSE, NULL);
	Ext->Watered++;
}

/* Trap: the thread's own wait is not for itself. */
VOID GardenThread(PVOID Context)
{
	PGARDEN garden = Context;

	while (!garden->Stop) {
		GardenSleep(garden);
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

static NTSTATUS GardenOpen(PGARDEN Ext)
{
	Ext->Stop = FALSE;
	return GardenStart(Ext);
}

VOID GardenUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	Garden.Stop = TRUE;
	KeSetEvent(&Garden.Wake, IO_NO_INCREMENT, FALSE);
}

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	UNREFERENCED_PARAMETER(Path);
	Driver->DriverUnload = GardenUnload;
	return GardenOpen(&Garden);
}
