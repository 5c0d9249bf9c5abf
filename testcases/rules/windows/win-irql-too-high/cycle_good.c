/* Functions that call each other, called at a low level; and a cycle that does nothing wrong, under the lock. */
#include <ntddk.h>

typedef struct _BELFRY {
	KSPIN_LOCK Lock;
	UNICODE_STRING Link;
	ULONG Count;
} BELFRY, *PBELFRY;

static VOID BelfryVisit(PBELFRY Belfry, ULONG Depth);

static VOID BelfryWalk(PBELFRY Belfry, ULONG Depth)
{
	if (Depth == 0) {
		IoDeleteSymbolicLink(&Belfry->Link);
		return;
	}
	BelfryVisit(Belfry, Depth - 1);
}

static VOID BelfryVisit(PBELFRY Belfry, ULONG Depth)
{
	Belfry->Count++;
	BelfryWalk(Belfry, Depth / 2);
}

VOID BelfryUpdate(PBELFRY Belfry)
{
	KIRQL irql;

	KeAcquireSpinLock(&Belfry->Lock, &irql);
	Belfry->Count++;
	KeReleaseSpinLock(&Belfry->Lock, irql);
	BelfryWalk(Belfry, Belfry->Count); /* ok: win-irql-too-high */
}

static VOID BelfryFold(PBELFRY Belfry, ULONG Depth);

static VOID BelfryUnfold(PBELFRY Belfry, ULONG Depth)
{
	if (Depth > 0)
		BelfryFold(Belfry, Depth - 1);
}

static VOID BelfryFold(PBELFRY Belfry, ULONG Depth)
{
	Belfry->Count += Depth;
	BelfryUnfold(Belfry, Depth);
}

VOID BelfryTouch(PBELFRY Belfry)
{
	KIRQL irql;

	KeAcquireSpinLock(&Belfry->Lock, &irql);
	BelfryUnfold(Belfry, 3); /* ok: win-irql-too-high */
	KeReleaseSpinLock(&Belfry->Lock, irql);
}
