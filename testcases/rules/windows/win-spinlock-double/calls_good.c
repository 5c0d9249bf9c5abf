/* Helpers acquire the lock when nobody holds it, or another one. */
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
	KIRQL irql = StallLock(Stall); /* ok: win-spinlock-double */
	ULONG count = Stall->Horses;

	StallUnlock(Stall, irql);
	return count;
}

VOID StallDouble(PSTALL Stall)
{
	ULONG count = StallCount(Stall); /* ok: win-spinlock-double */
	KIRQL irql = StallLock(Stall);

	Stall->Horses += count;
	StallUnlock(Stall, irql);
}

/* Trap: the lock of another object. */
VOID StallMove(PSTALL From, PSTALL To)
{
	KIRQL irql = StallLock(From);

	From->Horses -= StallCount(To); /* ok: win-spinlock-double */
	StallUnlock(From, irql);
}
