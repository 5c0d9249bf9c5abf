/* User pages locked at a raised IRQL: two calls below a spin lock, and below a DPC. */
#include <ntddk.h>

typedef struct _QUARRY {
	KSPIN_LOCK Lock;
	PMDL Mdl;
	ULONG Count;
} QUARRY, *PQUARRY;

KDEFERRED_ROUTINE QuarryDpc;

static VOID QuarryStep(PQUARRY Quarry)
{
	__try {
		MmProbeAndLockPages(Quarry->Mdl, UserMode, IoReadAccess); /* note: win-mdl-lock-irql "MmProbeAndLockPages" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		Quarry->Mdl = NULL;
	}
}

static VOID QuarryEach(PQUARRY Quarry)
{
	Quarry->Count++;
	QuarryStep(Quarry); /* note: win-mdl-lock-irql "calls `QuarryStep`" */
}

/* Proved here: the finding is at the call made under the lock. */
VOID QuarryUpdate(PQUARRY Quarry)
{
	KIRQL irql;

	KeAcquireSpinLock(&Quarry->Lock, &irql); /* note: win-mdl-lock-irql "is acquired here" */
	QuarryEach(Quarry); /* expect: win-mdl-lock-irql "MmProbeAndLockPages" */
	KeReleaseSpinLock(&Quarry->Lock, irql);
}

/* A wrapper takes the lock. */
static KIRQL QuarryEnter(PQUARRY Quarry)
{
	KIRQL irql;

	KeAcquireSpinLock(&Quarry->Lock, &irql);
	return irql;
}

static VOID QuarryLeave(PQUARRY Quarry, KIRQL Irql)
{
	KeReleaseSpinLock(&Quarry->Lock, Irql);
}

VOID QuarryRefresh(PQUARRY Quarry)
{
	KIRQL irql = QuarryEnter(Quarry); /* note: win-mdl-lock-irql "calls `QuarryEnter`" */

	QuarryEach(Quarry); /* expect: win-mdl-lock-irql "MmProbeAndLockPages" */
	QuarryLeave(Quarry, irql);
}

/* Entered at DISPATCH_LEVEL: the finding is at the offence itself. */
static VOID QuarryLate(PQUARRY Quarry)
{
	__try {
		MmProbeAndLockPages(Quarry->Mdl, UserMode, IoReadAccess); /* expect: win-mdl-lock-irql "MmProbeAndLockPages" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		Quarry->Mdl = NULL;
	}
}

VOID QuarryDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2) /* note: win-mdl-lock-irql "is called as deferred-procedure" */
{
	PQUARRY Quarry = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	QuarryLate(Quarry); /* note: win-mdl-lock-irql "calls `QuarryLate`" */
}
