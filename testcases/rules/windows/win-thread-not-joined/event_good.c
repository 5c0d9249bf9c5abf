/* Unload waits for the event that the thread sets before it ends: a race, but a short one. */
#include <ntddk.h>

typedef struct _GARDEN {
	KEVENT Done;
	PVOID Thread;
	ULONG Watered;
} GARDEN, *PGARDEN;

static GARDEN Garden;

KSTART_ROUTINE GardenThread;
DRIVER_UNLOAD GardenUnload;
DRIVER_INITIALIZE DriverEntry;

VOID GardenThread(PVOID Context)
{
	PGARDEN garden = Context;

	garden->Watered++;
	KeSetEvent(&garden->Done, IO_NO_INCREMENT, FALSE);
	PsTerminateSystemThread(STATUS_SUCCESS);
}

/* trap: win-thread-not-joined last-action */
VOID GardenUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	KeWaitForSingleObject(&Garden.Done, Executive, KernelMode, FALSE, NULL);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	HANDLE handle;
	NTSTATUS status;

	UNREFERENCED_PARAMETER(Path);
	Driver->DriverUnload = GardenUnload;
	KeInitializeEvent(&Garden.Done, NotificationEvent, FALSE);
	status = PsCreateSystemThread(&handle, THREAD_ALL_ACCESS, NULL, NULL, NULL, GardenThread, &Garden); /* ok: win-thread-not-joined */
	if (NT_SUCCESS(status))
		ZwClose(handle);
	return status;
}
