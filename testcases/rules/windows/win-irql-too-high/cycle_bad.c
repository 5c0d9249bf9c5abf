/* Called above the highest IRQL: below functions that call each other. */
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

	KeAcquireSpinLock(&Belfry->Lock, &irql); /* note: win-irql-too-high "is acquired here" */
	BelfryWalk(Belfry, Belfry->Count); /* expect: win-irql-too-high "IoDeleteSymbolicLink" */
	KeReleaseSpinLock(&Belfry->Lock, irql);
}
