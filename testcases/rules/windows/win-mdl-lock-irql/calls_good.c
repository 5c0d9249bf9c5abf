/* The same helpers, called where the level is low enough or not known. */
#include <ntddk.h>

typedef struct _QUARRY {
	KSPIN_LOCK Lock;
	PMDL Mdl;
	ULONG Count;
} QUARRY, *PQUARRY;

KDEFERRED_ROUTINE QuarryDpc;
IO_WORKITEM_ROUTINE QuarryWorker;

static VOID QuarryStep(PQUARRY Quarry)
{
	__try {
		MmProbeAndLockPages(Quarry->Mdl, UserMode, IoReadAccess); /* ok: win-mdl-lock-irql */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		Quarry->Mdl = NULL;
	}
}

/* Released before the call. */
VOID QuarryUpdate(PQUARRY Quarry)
{
	KIRQL irql;

	KeAcquireSpinLock(&Quarry->Lock, &irql);
	Quarry->Count++;
	KeReleaseSpinLock(&Quarry->Lock, irql);
	QuarryStep(Quarry); /* ok: win-mdl-lock-irql */
}

/* Trap: the wrapper for the lock is left before the call. */
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
	KIRQL irql = QuarryEnter(Quarry);

	Quarry->Count++;
	QuarryLeave(Quarry, irql);
	QuarryStep(Quarry); /* ok: win-mdl-lock-irql */
}

/* Trap: only the branch at a low level goes there. */
static VOID QuarryCareful(PQUARRY Quarry)
{
	if (KeGetCurrentIrql() < DISPATCH_LEVEL)
		QuarryStep(Quarry); /* ok: win-mdl-lock-irql */
}

VOID QuarryDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PQUARRY Quarry = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	QuarryCareful(Quarry); /* ok: win-mdl-lock-irql */
}

/* Trap: what the argument rules out is not reached. */
static VOID QuarryMaybe(PQUARRY Quarry, BOOLEAN Really)
{
	if (Really)
		QuarryStep(Quarry);
	Quarry->Count++;
}

VOID QuarryTouch(PQUARRY Quarry)
{
	KIRQL irql;

	KeAcquireSpinLock(&Quarry->Lock, &irql);
	QuarryMaybe(Quarry, FALSE); /* ok: win-mdl-lock-irql */
	KeReleaseSpinLock(&Quarry->Lock, irql);
	QuarryMaybe(Quarry, TRUE); /* ok: win-mdl-lock-irql */
}

VOID QuarryWorker(PDEVICE_OBJECT Device, PVOID Context)
{
	UNREFERENCED_PARAMETER(Device);
	QuarryStep(Context); /* ok: win-mdl-lock-irql */
}
