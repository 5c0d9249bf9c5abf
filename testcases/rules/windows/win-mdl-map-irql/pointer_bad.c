/* A user mapping made at a raised IRQL: through a table of functions. */
#include <ntddk.h>

typedef struct _ATLAS ATLAS, *PATLAS;

typedef struct _ATLAS_OPS {
	VOID (*Step)(PATLAS Atlas);
	VOID (*Note)(PATLAS Atlas);
} ATLAS_OPS;

struct _ATLAS {
	KSPIN_LOCK Lock;
	const ATLAS_OPS *Ops;
	PMDL Mdl;
	PVOID View;
	ULONG Count;
};

static VOID AtlasStep(PATLAS Atlas)
{
	__try {
		Atlas->View = MmMapLockedPagesSpecifyCache(Atlas->Mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		Atlas->View = NULL;
	}
}

static VOID AtlasNote(PATLAS Atlas)
{
	Atlas->Count++;
}

static const ATLAS_OPS AtlasOps = { .Step = AtlasStep, .Note = AtlasNote };

VOID AtlasInit(PATLAS Atlas)
{
	KeInitializeSpinLock(&Atlas->Lock);
	Atlas->Ops = &AtlasOps;
}

VOID AtlasUpdate(PATLAS Atlas)
{
	KIRQL irql;

	KeAcquireSpinLock(&Atlas->Lock, &irql); /* note: win-mdl-map-irql "is acquired here" */
	Atlas->Ops->Step(Atlas); /* expect: win-mdl-map-irql "MmMapLockedPagesSpecifyCache" */
	KeReleaseSpinLock(&Atlas->Lock, irql);
}
