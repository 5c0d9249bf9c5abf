/* A helper releases the lock, and so does its caller. */
#include <ntddk.h>

typedef struct _STALL {
	KSPIN_LOCK Lock;
	ULONG Horses;
} STALL, *PSTALL;

static KIRQL StallLock(PSTALL Stall)
{
	KIRQL irql;

	KeAcquireSpinLock(&Stall->Lock, &irql);
	return irql;
}

static VOID StallUnlock(PSTALL Stall, KIRQL Irql)
{
	KeReleaseSpinLock(&Stall->Lock, Irql);
}

static VOID StallReset(PSTALL Stall, KIRQL Irql)
{
	Stall->Horses = 0;
	StallUnlock(Stall, Irql);
}

VOID StallClear(PSTALL Stall)
{
	KIRQL irql = StallLock(Stall);

	StallReset(Stall, irql); /* note: win-spinlock-not-held "calls `StallReset`" */
	KeReleaseSpinLock(&Stall->Lock, irql); /* expect: win-spinlock-not-held "Stall->Lock" */
}
