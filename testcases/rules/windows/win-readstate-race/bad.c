/* A ferry that looks whether the bell has been rung before it rings. */
#include <ntddk.h>

typedef struct _FERRY {
	KEVENT Bell;
	KSEMAPHORE Seats;
	KSPIN_LOCK Lock;
	ULONG Boarded;
} FERRY, *PFERRY;

VOID FerryPrepare(PFERRY Ferry)
{
	KeInitializeEvent(&Ferry->Bell, SynchronizationEvent, FALSE);
	KeInitializeSemaphore(&Ferry->Seats, 8, 8);
	KeInitializeSpinLock(&Ferry->Lock);
}

VOID FerryRing(PFERRY Ferry)
{
	if (!KeReadStateEvent(&Ferry->Bell)) /* note: win-readstate-race "KeReadStateEvent asks about" */
		KeSetEvent(&Ferry->Bell, IO_NO_INCREMENT, FALSE); /* expect: win-readstate-race "KeSetEvent" */
}

/* Another may take the last seat first, and then this waits for ever. */
VOID FerryBoard(PFERRY Ferry)
{
	LONG seats = KeReadStateSemaphore(&Ferry->Seats);

	if (seats > 0) {
		KeWaitForSingleObject(&Ferry->Seats, Executive, KernelMode, FALSE, NULL); /* expect: win-readstate-race "Ferry->Seats" */
		Ferry->Boarded++;
	}
}

/* The semaphore may be full by the time it is released, which raises an exception. */
/* trap: win-readstate-race diagnostics */
VOID FerryLeave(PFERRY Ferry)
{
	LONG seats = KeReadStateSemaphore(&Ferry->Seats);

	DbgPrint("seats: %ld\n", seats);
	if (seats < 8)
		KeReleaseSemaphore(&Ferry->Seats, IO_NO_INCREMENT, 1, FALSE); /* expect: win-readstate-race "KeReleaseSemaphore" */
}

/* trap: win-readstate-race under-lock */
VOID FerryDepart(PFERRY Ferry)
{
	KIRQL irql;

	KeAcquireSpinLock(&Ferry->Lock, &irql);
	Ferry->Boarded = 0;
	KeReleaseSpinLock(&Ferry->Lock, irql);
	if (KeReadStateEvent(&Ferry->Bell) != 0)
		KeClearEvent(&Ferry->Bell); /* expect: win-readstate-race "KeClearEvent" */
}
