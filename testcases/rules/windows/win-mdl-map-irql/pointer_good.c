/* Through a table of functions: called after the lock is released; the harmless entry, under it. */
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

	KeAcquireSpinLock(&Atlas->Lock, &irql);
	Atlas->Count++;
	KeReleaseSpinLock(&Atlas->Lock, irql);
	Atlas->Ops->Step(Atlas); /* ok: win-mdl-map-irql */
}

VOID AtlasTouch(PATLAS Atlas)
{
	KIRQL irql;

	KeAcquireSpinLock(&Atlas->Lock, &irql);
	Atlas->Ops->Note(Atlas); /* ok: win-mdl-map-irql */
	KeReleaseSpinLock(&Atlas->Lock, irql);
}
