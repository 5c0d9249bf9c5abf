/* A helper acquires the lock that its caller already holds. */
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

static ULONG StallCount(PSTALL Stall)
{
	KIRQL irql = StallLock(Stall);
	ULONG count = Stall->Horses;

	StallUnlock(Stall, irql);
	return count;
}

VOID StallDouble(PSTALL Stall)
{
	KIRQL irql;

	KeAcquireSpinLock(&Stall->Lock, &irql); /* note: win-spinlock-double "is acquired here" */
	Stall->Horses += StallCount(Stall); /* expect: win-spinlock-double "Stall->Lock" */
	KeReleaseSpinLock(&Stall->Lock, irql);
}

VOID StallTwice(PSTALL Stall)
{
	KIRQL irql = StallLock(Stall), inner;

	Stall->Horses++;
	KeAcquireSpinLock(&Stall->Lock, &inner); /* expect: win-spinlock-double "Stall->Lock" */
	KeReleaseSpinLock(&Stall->Lock, inner);
	StallUnlock(Stall, irql);
}
