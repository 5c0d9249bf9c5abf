/* Called above the highest IRQL: through a table of functions. */
#include <ntddk.h>

typedef struct _BELFRY BELFRY, *PBELFRY;

typedef struct _BELFRY_OPS {
	VOID (*Step)(PBELFRY Belfry);
	VOID (*Note)(PBELFRY Belfry);
} BELFRY_OPS;

struct _BELFRY {
	KSPIN_LOCK Lock;
	const BELFRY_OPS *Ops;
	UNICODE_STRING Link;
	ULONG Count;
};

static VOID BelfryStep(PBELFRY Belfry)
{
	IoDeleteSymbolicLink(&Belfry->Link);
}

static VOID BelfryNote(PBELFRY Belfry)
{
	Belfry->Count++;
}

static const BELFRY_OPS BelfryOps = { .Step = BelfryStep, .Note = BelfryNote };

VOID BelfryInit(PBELFRY Belfry)
{
	KeInitializeSpinLock(&Belfry->Lock);
	Belfry->Ops = &BelfryOps;
}

VOID BelfryUpdate(PBELFRY Belfry)
{
	KIRQL irql;

	KeAcquireSpinLock(&Belfry->Lock, &irql); /* note: win-irql-too-high "is acquired here" */
	Belfry->Ops->Step(Belfry); /* expect: win-irql-too-high "IoDeleteSymbolicLink" */
	KeReleaseSpinLock(&Belfry->Lock, irql);
}
