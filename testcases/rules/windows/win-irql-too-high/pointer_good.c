/* Through a table of functions: called after the lock is released; the harmless entry, under it. */
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

	KeAcquireSpinLock(&Belfry->Lock, &irql);
	Belfry->Count++;
	KeReleaseSpinLock(&Belfry->Lock, irql);
	Belfry->Ops->Step(Belfry); /* ok: win-irql-too-high */
}

VOID BelfryTouch(PBELFRY Belfry)
{
	KIRQL irql;

	KeAcquireSpinLock(&Belfry->Lock, &irql);
	Belfry->Ops->Note(Belfry); /* ok: win-irql-too-high */
	KeReleaseSpinLock(&Belfry->Lock, irql);
}
