/* A thread that only serves DriverEntry, which waits for its end. */
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
	PsTerminateSystemThread(STATUS_SUCCESS);
}

VOID GardenUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	Garden.Watered = 0;
}

/* trap: win-thread-not-joined ends-in-entry */
NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	HANDLE handle;
	NTSTATUS status;

	UNREFERENCED_PARAMETER(Path);
	Driver->DriverUnload = GardenUnload;
	status = PsCreateSystemThread(&handle, THREAD_ALL_ACCESS, NULL, NULL, NULL, GardenThread, &Garden); /* ok: win-thread-not-joined */
	if (!NT_SUCCESS(status))
		return status;
	ZwWaitForSingleObject(handle, FALSE, NULL);
	ZwClose(handle);
	return STATUS_SUCCESS;
}
