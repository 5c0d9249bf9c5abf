/* A user mapping made at a raised IRQL: two calls below a spin lock, and below a DPC. */
#include <ntddk.h>

typedef struct _ATLAS {
	KSPIN_LOCK Lock;
	PMDL Mdl;
	PVOID View;
	ULONG Count;
} ATLAS, *PATLAS;

KDEFERRED_ROUTINE AtlasDpc;

static VOID AtlasStep(PATLAS Atlas)
{
	__try {
		Atlas->View = MmMapLockedPagesSpecifyCache(Atlas->Mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority); /* note: win-mdl-map-irql "MmMapLockedPagesSpecifyCache" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		Atlas->View = NULL;
	}
}

static VOID AtlasEach(PATLAS Atlas)
{
	Atlas->Count++;
	AtlasStep(Atlas); /* note: win-mdl-map-irql "calls `AtlasStep`" */
}

/* Proved here: the finding is at the call made under the lock. */
VOID AtlasUpdate(PATLAS Atlas)
{
	KIRQL irql;

	KeAcquireSpinLock(&Atlas->Lock, &irql); /* note: win-mdl-map-irql "is acquired here" */
	AtlasEach(Atlas); /* expect: win-mdl-map-irql "MmMapLockedPagesSpecifyCache" */
	KeReleaseSpinLock(&Atlas->Lock, irql);
}

/* A wrapper takes the lock. */
static KIRQL AtlasEnter(PATLAS Atlas)
{
	KIRQL irql;

	KeAcquireSpinLock(&Atlas->Lock, &irql);
	return irql;
}

static VOID AtlasLeave(PATLAS Atlas, KIRQL Irql)
{
	KeReleaseSpinLock(&Atlas->Lock, Irql);
}

VOID AtlasRefresh(PATLAS Atlas)
{
	KIRQL irql = AtlasEnter(Atlas); /* note: win-mdl-map-irql "calls `AtlasEnter`" */

	AtlasEach(Atlas); /* expect: win-mdl-map-irql "MmMapLockedPagesSpecifyCache" */
	AtlasLeave(Atlas, irql);
}

/* Entered at DISPATCH_LEVEL: the finding is at the offence itself. */
static VOID AtlasLate(PATLAS Atlas)
{
	__try {
		Atlas->View = MmMapLockedPagesSpecifyCache(Atlas->Mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority); /* expect: win-mdl-map-irql "MmMapLockedPagesSpecifyCache" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		Atlas->View = NULL;
	}
}

VOID AtlasDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2) /* note: win-mdl-map-irql "is called as deferred-procedure" */
{
	PATLAS Atlas = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	AtlasLate(Atlas); /* note: win-mdl-map-irql "calls `AtlasLate`" */
}
