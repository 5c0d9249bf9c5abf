/* Functions that call each other, called at a low level; and a cycle that does nothing wrong, under the lock. */
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

	KeAcquireSpinLock(&Granary->Lock, &irql);
	Granary->Count++;
	KeReleaseSpinLock(&Granary->Lock, irql);
	GranaryWalk(Granary, Granary->Count); /* ok: win-pool-irql */
}

static VOID GranaryFold(PGRANARY Granary, ULONG Depth);

static VOID GranaryUnfold(PGRANARY Granary, ULONG Depth)
{
	if (Depth > 0)
		GranaryFold(Granary, Depth - 1);
}

static VOID GranaryFold(PGRANARY Granary, ULONG Depth)
{
	Granary->Count += Depth;
	GranaryUnfold(Granary, Depth);
}

VOID GranaryTouch(PGRANARY Granary)
{
	KIRQL irql;

	KeAcquireSpinLock(&Granary->Lock, &irql);
	GranaryUnfold(Granary, 3); /* ok: win-pool-irql */
	KeReleaseSpinLock(&Granary->Lock, irql);
}
