/* Threads that end themselves, with nothing in their hands. */
#include <ntddk.h>

typedef struct _SHUTTLE {
	FAST_MUTEX Mutex;
	ULONG Rounds;
	BOOLEAN Stop;
} SHUTTLE, *PSHUTTLE;

KSTART_ROUTINE ShuttleThread;
KSTART_ROUTINE ShuttleShort;

/* trap: win-thread-terminate helper-of-thread */
static VOID ShuttleEnd(PSHUTTLE Shuttle)
{
	Shuttle->Rounds = 0;
	PsTerminateSystemThread(STATUS_SUCCESS); /* ok: win-thread-terminate */
}

VOID ShuttleThread(PVOID Context)
{
	PSHUTTLE shuttle = Context;
	BOOLEAN stop;

	ExAcquireFastMutex(&shuttle->Mutex);
	stop = shuttle->Stop;
	ExReleaseFastMutex(&shuttle->Mutex);
	if (stop)
		ShuttleEnd(shuttle);
	shuttle->Rounds++;
	PsTerminateSystemThread(STATUS_SUCCESS); /* ok: win-thread-terminate */
}

/* trap: win-thread-terminate plain-return */
VOID ShuttleShort(PVOID Context)
{
	PSHUTTLE shuttle = Context;

	shuttle->Rounds++; /* ok: win-thread-terminate */
}
