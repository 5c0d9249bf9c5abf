/* Paged pool at a raised IRQL: below functions that call each other. */
#include <ntddk.h>

typedef struct _GRANARY {
	KSPIN_LOCK Lock;
	PVOID Grain;
	ULONG Count;
} GRANARY, *PGRANARY;

static VOID GranaryVisit(PGRANARY Granary, ULONG Depth);

static VOID GranaryWalk(PGRANARY Granary, ULONG Depth)
{
	if (Depth == 0) {
		Granary->Grain = ExAllocatePoolWithTag(PagedPool, 64, 'narG');
		return;
	}
	GranaryVisit(Granary, Depth - 1);
}

static VOID GranaryVisit(PGRANARY Granary, ULONG Depth)
{
	Granary->Count++;
	GranaryWalk(Granary, Depth / 2);
}

VOID GranaryUpdate(PGRANARY Granary)
{
	KIRQL irql;

	KeAcquireSpinLock(&Granary->Lock, &irql); /* note: win-pool-irql "is acquired here" */
	GranaryWalk(Granary, Granary->Count); /* expect: win-pool-irql "ExAllocatePoolWithTag" */
	KeReleaseSpinLock(&Granary->Lock, irql);
}
