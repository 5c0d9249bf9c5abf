/* A helper makes the thread and hands the handle out; the caller forgets it. */
#include <ntddk.h>

typedef struct _MILL {
	KEVENT Stop;
	ULONG Rounds;
} MILL, *PMILL;

KSTART_ROUTINE MillThread;

VOID MillThread(PVOID Context)
{
	PMILL mill = Context;

	KeWaitForSingleObject(&mill->Stop, Executive, KernelMode, FALSE, NULL);
	PsTerminateSystemThread(STATUS_SUCCESS);
}

static NTSTATUS MillSpawn(PMILL Mill, PHANDLE Thread)
{
	return PsCreateSystemThread(Thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, MillThread, Mill);
}

NTSTATUS MillStart(PMILL Mill)
{
	HANDLE thread;
	NTSTATUS status = MillSpawn(Mill, &thread); /* note: win-thread-handle-leak "MillSpawn" */

	if (!NT_SUCCESS(status))
		return status;
	Mill->Rounds = 0;
	return STATUS_SUCCESS; /* expect: win-thread-handle-leak "thread" */
}
