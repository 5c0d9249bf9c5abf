/* The same helpers, called where the level is low enough or not known. */
#include <ntddk.h>

typedef struct _BELFRY {
	KSPIN_LOCK Lock;
	UNICODE_STRING Link;
	ULONG Count;
} BELFRY, *PBELFRY;

KDEFERRED_ROUTINE BelfryDpc;
IO_WORKITEM_ROUTINE BelfryWorker;

static VOID BelfryStep(PBELFRY Belfry)
{
	IoDeleteSymbolicLink(&Belfry->Link); /* ok: win-irql-too-high */
}

/* Released before the call. */
VOID BelfryUpdate(PBELFRY Belfry)
{
	KIRQL irql;

	KeAcquireSpinLock(&Belfry->Lock, &irql);
	Belfry->Count++;
	KeReleaseSpinLock(&Belfry->Lock, irql);
	BelfryStep(Belfry); /* ok: win-irql-too-high */
}

/* Trap: the wrapper for the lock is left before the call. */
static KIRQL BelfryEnter(PBELFRY Belfry)
{
	KIRQL irql;

	KeAcquireSpinLock(&Belfry->Lock, &irql);
	return irql;
}

static VOID BelfryLeave(PBELFRY Belfry, KIRQL Irql)
{
	KeReleaseSpinLock(&Belfry->Lock, Irql);
}

VOID BelfryRefresh(PBELFRY Belfry)
{
	KIRQL irql = BelfryEnter(Belfry);

	Belfry->Count++;
	BelfryLeave(Belfry, irql);
	BelfryStep(Belfry); /* ok: win-irql-too-high */
}

/* Trap: only the branch at a low level goes there. */
static VOID BelfryCareful(PBELFRY Belfry)
{
	if (KeGetCurrentIrql() < DISPATCH_LEVEL)
		BelfryStep(Belfry); /* ok: win-irql-too-high */
}

VOID BelfryDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PBELFRY Belfry = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	BelfryCareful(Belfry); /* ok: win-irql-too-high */
}

/* Trap: what the argument rules out is not reached. */
static VOID BelfryMaybe(PBELFRY Belfry, BOOLEAN Really)
{
	if (Really)
		BelfryStep(Belfry);
	Belfry->Count++;
}

VOID BelfryTouch(PBELFRY Belfry)
{
	KIRQL irql;

	KeAcquireSpinLock(&Belfry->Lock, &irql);
	BelfryMaybe(Belfry, FALSE); /* ok: win-irql-too-high */
	KeReleaseSpinLock(&Belfry->Lock, irql);
	BelfryMaybe(Belfry, TRUE); /* ok: win-irql-too-high */
}

VOID BelfryWorker(PDEVICE_OBJECT Device, PVOID Context)
{
	UNREFERENCED_PARAMETER(Device);
	BelfryStep(Context); /* ok: win-irql-too-high */
}
