/* Functions that call each other, called at a low level; and a cycle that does nothing wrong, under the lock. */
#include <ntddk.h>

typedef struct _ATLAS {
	KSPIN_LOCK Lock;
	PMDL Mdl;
	PVOID View;
	ULONG Count;
} ATLAS, *PATLAS;

static VOID AtlasVisit(PATLAS Atlas, ULONG Depth);

static VOID AtlasWalk(PATLAS Atlas, ULONG Depth)
{
	if (Depth == 0) {
		__try {
			Atlas->View = MmMapLockedPagesSpecifyCache(Atlas->Mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			Atlas->View = NULL;
		}
		return;
	}
	AtlasVisit(Atlas, Depth - 1);
}

static VOID AtlasVisit(PATLAS Atlas, ULONG Depth)
{
	Atlas->Count++;
	AtlasWalk(Atlas, Depth / 2);
}

VOID AtlasUpdate(PATLAS Atlas)
{
	KIRQL irql;

	KeAcquireSpinLock(&Atlas->Lock, &irql);
	Atlas->Count++;
	KeReleaseSpinLock(&Atlas->Lock, irql);
	AtlasWalk(Atlas, Atlas->Count); /* ok: win-mdl-map-irql */
}

static VOID AtlasFold(PATLAS Atlas, ULONG Depth);

static VOID AtlasUnfold(PATLAS Atlas, ULONG Depth)
{
	if (Depth > 0)
		AtlasFold(Atlas, Depth - 1);
}

static VOID AtlasFold(PATLAS Atlas, ULONG Depth)
{
	Atlas->Count += Depth;
	AtlasUnfold(Atlas, Depth);
}

VOID AtlasTouch(PATLAS Atlas)
{
	KIRQL irql;

	KeAcquireSpinLock(&Atlas->Lock, &irql);
	AtlasUnfold(Atlas, 3); /* ok: win-mdl-map-irql */
	KeReleaseSpinLock(&Atlas->Lock, irql);
}
