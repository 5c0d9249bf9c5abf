#include "garden.h"

GARDEN Garden;

KSTART_ROUTINE GardenThread;

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

NTSTATUS GardenStart(PGARDEN Ext)
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
