/* Started below functions that call each other, and joined. */
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
	status = PsCreateSystemThread(&handle, THREAD_ALL_ACCESS, NULL, NULL, NULL, GardenThread, Ext); /* ok: win-thread-not-joined */
	if (!NT_SUCCESS(status))
		return status;
	status = ObReferenceObjectByHandle(handle, THREAD_ALL_ACCESS, NULL, KernelMode, &Ext->Thread, NULL);
	ZwClose(handle);
	return status;
}

static NTSTATUS GardenAgain(PGARDEN Ext, ULONG Rest);

static NTSTATUS GardenTry(PGARDEN Ext, ULONG Rest)
{
	NTSTATUS status = GardenStart(Ext);

	return NT_SUCCESS(status) || Rest == 0 ? status : GardenAgain(Ext, Rest);
}

static NTSTATUS GardenAgain(PGARDEN Ext, ULONG Rest)
{
	Ext->Watered = 0;
	return GardenTry(Ext, Rest - 1);
}

VOID GardenUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	Garden.Stop = TRUE;
	KeSetEvent(&Garden.Wake, IO_NO_INCREMENT, FALSE);
	KeWaitForSingleObject(Garden.Thread, Executive, KernelMode, FALSE, NULL);
	ObDereferenceObject(Garden.Thread);
}

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	UNREFERENCED_PARAMETER(Path);
	Driver->DriverUnload = GardenUnload;
	return GardenTry(&Garden, 3);
}
