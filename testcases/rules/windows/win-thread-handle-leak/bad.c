/* Thread handles that are never closed on some path. */
#include <ntddk.h>

typedef struct _LOOM {
	PVOID Thread;
	KEVENT Stop, Done;
	ULONG Rounds;
} LOOM, *PLOOM;

KSTART_ROUTINE LoomThread;

VOID LoomThread(PVOID Context)
{
	PLOOM loom = Context;

	KeWaitForSingleObject(&loom->Stop, Executive, KernelMode, FALSE, NULL);
	KeSetEvent(&loom->Done, IO_NO_INCREMENT, FALSE);
	PsTerminateSystemThread(STATUS_SUCCESS);
}

/* Nothing is done with the handle at all. */
/* trap: win-thread-handle-leak closed-in-unload */
NTSTATUS LoomStart(PLOOM Loom)
{
	NTSTATUS status;
	HANDLE thread;

	status = PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, LoomThread, Loom); /* note: win-thread-handle-leak "thread" */
	if (!NT_SUCCESS(status))
		return status;
	Loom->Rounds = 0;
	return STATUS_SUCCESS; /* expect: win-thread-handle-leak "thread" */
}

/* The reference fails and the handle stays open. */
NTSTATUS LoomStartJoined(PLOOM Loom)
{
	NTSTATUS status;
	HANDLE thread;

	status = PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, LoomThread, Loom); /* note: win-thread-handle-leak "thread" */
	if (!NT_SUCCESS(status))
		return status;
	status = ObReferenceObjectByHandle(thread, THREAD_ALL_ACCESS, *PsThreadType, KernelMode, &Loom->Thread, NULL);
	if (!NT_SUCCESS(status))
		return status; /* expect: win-thread-handle-leak "thread" */
	ZwClose(thread);
	return STATUS_SUCCESS;
}

/* The label is one too low. */
NTSTATUS LoomStartChecked(PLOOM Loom, ULONG Rounds)
{
	NTSTATUS status;
	HANDLE thread;

	status = PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, LoomThread, Loom); /* note: win-thread-handle-leak "thread" */
	if (!NT_SUCCESS(status))
		goto Exit;
	if (Rounds == 0) {
		KeSetEvent(&Loom->Stop, IO_NO_INCREMENT, FALSE);
		status = STATUS_INVALID_PARAMETER;
		goto Exit;
	}
	Loom->Rounds = Rounds;
	ZwClose(thread);
Exit:
	return status; /* expect: win-thread-handle-leak "thread" */
}

/* The second thread fails, and the handle of the first one is forgotten. */
NTSTATUS LoomStartPair(PLOOM Left, PLOOM Right)
{
	HANDLE first, second;
	NTSTATUS status;

	status = PsCreateSystemThread(&first, THREAD_ALL_ACCESS, NULL, NULL, NULL, LoomThread, Left); /* note: win-thread-handle-leak "first" */
	if (!NT_SUCCESS(status))
		return status;
	status = PsCreateSystemThread(&second, THREAD_ALL_ACCESS, NULL, NULL, NULL, LoomThread, Right);
	if (!NT_SUCCESS(status)) {
		KeSetEvent(&Left->Stop, IO_NO_INCREMENT, FALSE);
		return status; /* expect: win-thread-handle-leak "first" */
	}
	ZwClose(second);
	ZwClose(first);
	return STATUS_SUCCESS;
}

/* Closed only when the flag says so. */
VOID LoomStartMaybe(PLOOM Loom, BOOLEAN Wait)
{
	HANDLE thread;

	if (!NT_SUCCESS(PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, LoomThread, Loom))) /* note: win-thread-handle-leak "thread" */
		return;
	if (Wait) {
		KeWaitForSingleObject(&Loom->Done, Executive, KernelMode, FALSE, NULL);
		ZwClose(thread);
	}
} /* expect: win-thread-handle-leak "thread" */
