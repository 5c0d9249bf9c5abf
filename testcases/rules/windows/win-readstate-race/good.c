/* A ferry whose bell may be rung twice. */
#include <ntddk.h>

typedef struct _BOAT {
	KEVENT Bell;
	KSEMAPHORE Seats;
	KSPIN_LOCK Lock;
	ULONG Boarded;
} BOAT, *PBOAT;

VOID BoatPrepare(PBOAT Boat)
{
	KeInitializeEvent(&Boat->Bell, SynchronizationEvent, FALSE);
	KeInitializeSemaphore(&Boat->Seats, 8, 8);
	KeInitializeSpinLock(&Boat->Lock);
}

VOID BoatRing(PBOAT Boat)
{
	KeSetEvent(&Boat->Bell, IO_NO_INCREMENT, FALSE);
}

/* A wait that lasts no time asks and takes at once. */
VOID BoatBoard(PBOAT Boat)
{
	LARGE_INTEGER none;

	none.QuadPart = 0;
	if (KeWaitForSingleObject(&Boat->Seats, Executive, KernelMode, FALSE, &none) == STATUS_SUCCESS)
		Boat->Boarded++;
}

/* trap: win-readstate-race diagnostics */
VOID BoatReport(PBOAT Boat)
{
	DbgPrint("bell: %ld\n", KeReadStateEvent(&Boat->Bell));
	if (KeReadStateEvent(&Boat->Bell))
		DbgPrint("rung twice\n");
	KeSetEvent(&Boat->Bell, IO_NO_INCREMENT, FALSE);
}

static VOID BoatRingLocked(PBOAT Boat)
{
	if (!KeReadStateEvent(&Boat->Bell))
		KeSetEvent(&Boat->Bell, IO_NO_INCREMENT, FALSE);
}

/* trap: win-readstate-race under-lock */
VOID BoatDepart(PBOAT Boat)
{
	KIRQL irql;

	KeAcquireSpinLock(&Boat->Lock, &irql);
	Boat->Boarded = 0;
	if (KeReadStateEvent(&Boat->Bell) != 0)
		KeClearEvent(&Boat->Bell);
	BoatRingLocked(Boat);
	KeReleaseSpinLock(&Boat->Lock, irql);
}

/* What is asked of one decides about another. */
VOID BoatFull(PBOAT Boat)
{
	if (KeReadStateSemaphore(&Boat->Seats) == 0)
		KeSetEvent(&Boat->Bell, IO_NO_INCREMENT, FALSE);
}
