/* Functions that call each other, called at a low level; and a cycle that does nothing wrong, under the lock. */
#include <ntddk.h>

typedef struct _QUARRY {
	KSPIN_LOCK Lock;
	PMDL Mdl;
	ULONG Count;
} QUARRY, *PQUARRY;

static VOID QuarryVisit(PQUARRY Quarry, ULONG Depth);

static VOID QuarryWalk(PQUARRY Quarry, ULONG Depth)
{
	if (Depth == 0) {
		__try {
			MmProbeAndLockPages(Quarry->Mdl, UserMode, IoReadAccess);
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			Quarry->Mdl = NULL;
		}
		return;
	}
	QuarryVisit(Quarry, Depth - 1);
}

static VOID QuarryVisit(PQUARRY Quarry, ULONG Depth)
{
	Quarry->Count++;
	QuarryWalk(Quarry, Depth / 2);
}

VOID QuarryUpdate(PQUARRY Quarry)
{
	KIRQL irql;

	KeAcquireSpinLock(&Quarry->Lock, &irql);
	Quarry->Count++;
	KeReleaseSpinLock(&Quarry->Lock, irql);
	QuarryWalk(Quarry, Quarry->Count); /* ok: win-mdl-lock-irql */
}

static VOID QuarryFold(PQUARRY Quarry, ULONG Depth);

static VOID QuarryUnfold(PQUARRY Quarry, ULONG Depth)
{
	if (Depth > 0)
		QuarryFold(Quarry, Depth - 1);
}

static VOID QuarryFold(PQUARRY Quarry, ULONG Depth)
{
	Quarry->Count += Depth;
	QuarryUnfold(Quarry, Depth);
}

VOID QuarryTouch(PQUARRY Quarry)
{
	KIRQL irql;

	KeAcquireSpinLock(&Quarry->Lock, &irql);
	QuarryUnfold(Quarry, 3); /* ok: win-mdl-lock-irql */
	KeReleaseSpinLock(&Quarry->Lock, irql);
}
