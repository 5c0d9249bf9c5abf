/* User pages locked at a raised IRQL: below functions that call each other. */
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

	KeAcquireSpinLock(&Quarry->Lock, &irql); /* note: win-mdl-lock-irql "is acquired here" */
	QuarryWalk(Quarry, Quarry->Count); /* expect: win-mdl-lock-irql "MmProbeAndLockPages" */
	KeReleaseSpinLock(&Quarry->Lock, irql);
}
