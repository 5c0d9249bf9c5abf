/* Through a table of functions: called after the lock is released; the harmless entry, under it. */
#include <ntddk.h>

typedef struct _QUARRY QUARRY, *PQUARRY;

typedef struct _QUARRY_OPS {
	VOID (*Step)(PQUARRY Quarry);
	VOID (*Note)(PQUARRY Quarry);
} QUARRY_OPS;

struct _QUARRY {
	KSPIN_LOCK Lock;
	const QUARRY_OPS *Ops;
	PMDL Mdl;
	ULONG Count;
};

static VOID QuarryStep(PQUARRY Quarry)
{
	__try {
		MmProbeAndLockPages(Quarry->Mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		Quarry->Mdl = NULL;
	}
}

static VOID QuarryNote(PQUARRY Quarry)
{
	Quarry->Count++;
}

static const QUARRY_OPS QuarryOps = { .Step = QuarryStep, .Note = QuarryNote };

VOID QuarryInit(PQUARRY Quarry)
{
	KeInitializeSpinLock(&Quarry->Lock);
	Quarry->Ops = &QuarryOps;
}

VOID QuarryUpdate(PQUARRY Quarry)
{
	KIRQL irql;

	KeAcquireSpinLock(&Quarry->Lock, &irql);
	Quarry->Count++;
	KeReleaseSpinLock(&Quarry->Lock, irql);
	Quarry->Ops->Step(Quarry); /* ok: win-mdl-lock-irql */
}

VOID QuarryTouch(PQUARRY Quarry)
{
	KIRQL irql;

	KeAcquireSpinLock(&Quarry->Lock, &irql);
	Quarry->Ops->Note(Quarry); /* ok: win-mdl-lock-irql */
	KeReleaseSpinLock(&Quarry->Lock, irql);
}
