/* The same helpers, called where the level is low enough or not known. */
#include <ntifs.h>

typedef struct _ATLAS {
	KSPIN_LOCK Lock;
	PMDL Mdl;
	PVOID View;
	PVOID Owner;
	ULONG Count;
} ATLAS, *PATLAS;

KDEFERRED_ROUTINE AtlasDpc;
IO_WORKITEM_ROUTINE AtlasWorker;

static VOID AtlasStep(PATLAS Atlas)
{
	__try {
		Atlas->View = MmMapLockedPagesSpecifyCache(Atlas->Mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority); /* ok: win-mdl-map-irql */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		Atlas->View = NULL;
	}
}

/* Released before the call. */
VOID AtlasUpdate(PATLAS Atlas)
{
	KIRQL irql;

	KeAcquireSpinLock(&Atlas->Lock, &irql);
	Atlas->Count++;
	KeReleaseSpinLock(&Atlas->Lock, irql);
	AtlasStep(Atlas); /* ok: win-mdl-map-irql */
}

/* Trap: the wrapper for the lock is left before the call. */
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
	KIRQL irql = AtlasEnter(Atlas);

	Atlas->Count++;
	AtlasLeave(Atlas, irql);
	AtlasStep(Atlas); /* ok: win-mdl-map-irql */
}

/* Trap: only the branch at a low level goes there. */
static VOID AtlasCareful(PATLAS Atlas)
{
	if (KeGetCurrentIrql() < DISPATCH_LEVEL)
		AtlasStep(Atlas); /* ok: win-mdl-map-irql */
}

VOID AtlasDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PATLAS Atlas = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	AtlasCareful(Atlas); /* ok: win-mdl-map-irql */
}

/* Trap: what the argument rules out is not reached. */
static VOID AtlasMaybe(PATLAS Atlas, BOOLEAN Really)
{
	if (Really)
		AtlasStep(Atlas);
	Atlas->Count++;
}

VOID AtlasTouch(PATLAS Atlas)
{
	KIRQL irql;

	KeAcquireSpinLock(&Atlas->Lock, &irql);
	AtlasMaybe(Atlas, FALSE); /* ok: win-mdl-map-irql */
	KeReleaseSpinLock(&Atlas->Lock, irql);
	AtlasMaybe(Atlas, TRUE); /* ok: win-mdl-map-irql */
}

VOID AtlasWorker(PDEVICE_OBJECT Device, PVOID Context)
{
	KAPC_STATE state;

	UNREFERENCED_PARAMETER(Device);
	KeStackAttachProcess(((PATLAS)Context)->Owner, &state);
	AtlasStep(Context); /* ok: win-mdl-map-irql */
	KeUnstackDetachProcess(&state);
}
