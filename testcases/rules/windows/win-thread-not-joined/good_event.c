/* Trap: the thread says with an event that it ends. */
#include <ntddk.h>

typedef struct _GARDEN {
	KEVENT Wake;
	KEVENT Ended;
	BOOLEAN Stop;
	ULONG Watered;
} GARDEN, *PGARDEN;

static GARDEN Garden;

KSTART_ROUTINE GardenThread;
DRIVER_UNLOAD GardenUnload;

/* Trap: the thread's own wait is not for itself. */
VOID GardenThread(PVOID Context)
{
	PGARDEN garden = Context;

	while (!garden->Stop) {
		KeWaitForSingleObject(&garden->Wake, Executive, KernelMode, FALSE, NULL);
		garden->Watered++;
	}
	KeSetEvent(&garden->Ended, IO_NO_INCREMENT, FALSE);
	PsTerminateSystemThread(STATUS_SUCCESS);
}

static NTSTATUS GardenStart(PGARDEN Ext)
{
	HANDLE handle;
	NTSTATUS status;

	KeInitializeEvent(&Ext->Wake, SynchronizationEvent, FALSE);
	KeInitializeEvent(&Ext->Ended, NotificationEvent, FALSE);
	status = PsCreateSystemThread(&handle, THREAD_ALL_ACCESS, NULL, NULL, NULL, GardenThread, Ext); /* ok: win-thread-not-joined */
	if (!NT_SUCCESS(status))
		return status;
	ZwClose(handle);
	return status;
}

VOID GardenUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	Garden.Stop = TRUE;
	KeSetEvent(&Garden.Wake, IO_NO_INCREMENT, FALSE);
	KeWaitForSingleObject(&Garden.Ended, Executive, KernelMode, FALSE, NULL);
}

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	UNREFERENCED_PARAMETER(Path);
	Driver->DriverUnload = GardenUnload;
	return GardenStart(&Garden);
}
