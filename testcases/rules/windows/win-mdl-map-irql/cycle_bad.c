/* A user mapping made at a raised IRQL: below functions that call each other. */
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

	KeAcquireSpinLock(&Atlas->Lock, &irql); /* note: win-mdl-map-irql "is acquired here" */
	AtlasWalk(Atlas, Atlas->Count); /* expect: win-mdl-map-irql "MmMapLockedPagesSpecifyCache" */
	KeReleaseSpinLock(&Atlas->Lock, irql);
}
