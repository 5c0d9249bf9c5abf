/* Through a table of functions: called after the lock is released; the harmless entry, under it. */
#include <ntddk.h>

typedef struct _GRANARY GRANARY, *PGRANARY;

typedef struct _GRANARY_OPS {
	VOID (*Step)(PGRANARY Granary);
	VOID (*Note)(PGRANARY Granary);
} GRANARY_OPS;

struct _GRANARY {
	KSPIN_LOCK Lock;
	const GRANARY_OPS *Ops;
	PVOID Grain;
	ULONG Count;
};

static VOID GranaryStep(PGRANARY Granary)
{
	Granary->Grain = ExAllocatePoolWithTag(PagedPool, 64, 'narG');
}

static VOID GranaryNote(PGRANARY Granary)
{
	Granary->Count++;
}

static const GRANARY_OPS GranaryOps = { .Step = GranaryStep, .Note = GranaryNote };

VOID GranaryInit(PGRANARY Granary)
{
	KeInitializeSpinLock(&Granary->Lock);
	Granary->Ops = &GranaryOps;
}

VOID GranaryUpdate(PGRANARY Granary)
{
	KIRQL irql;

	KeAcquireSpinLock(&Granary->Lock, &irql);
	Granary->Count++;
	KeReleaseSpinLock(&Granary->Lock, irql);
	Granary->Ops->Step(Granary); /* ok: win-pool-irql */
}

VOID GranaryTouch(PGRANARY Granary)
{
	KIRQL irql;

	KeAcquireSpinLock(&Granary->Lock, &irql);
	Granary->Ops->Note(Granary); /* ok: win-pool-irql */
	KeReleaseSpinLock(&Granary->Lock, irql);
}
