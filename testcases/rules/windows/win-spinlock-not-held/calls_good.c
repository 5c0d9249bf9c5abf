/* A helper releases the lock of its caller, which leaves it at that. */
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
	StallUnlock(Stall, Irql); /* ok: win-spinlock-not-held */
}

VOID StallClear(PSTALL Stall)
{
	KIRQL irql = StallLock(Stall);

	if (Stall->Horses > 0) {
		StallReset(Stall, irql); /* ok: win-spinlock-not-held */
		return;
	}
	KeReleaseSpinLock(&Stall->Lock, irql); /* ok: win-spinlock-not-held */
}
