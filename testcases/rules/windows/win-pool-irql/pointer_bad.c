/* Paged pool at a raised IRQL: through a table of functions. */
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

	KeAcquireSpinLock(&Granary->Lock, &irql); /* note: win-pool-irql "is acquired here" */
	Granary->Ops->Step(Granary); /* expect: win-pool-irql "ExAllocatePoolWithTag" */
	KeReleaseSpinLock(&Granary->Lock, irql);
}
