/* Called above the highest IRQL: two calls below a spin lock, and below a DPC. */
#include <ntddk.h>

typedef struct _BELFRY {
	KSPIN_LOCK Lock;
	UNICODE_STRING Link;
	ULONG Count;
} BELFRY, *PBELFRY;

KDEFERRED_ROUTINE BelfryDpc;

static VOID BelfryStep(PBELFRY Belfry)
{
	IoDeleteSymbolicLink(&Belfry->Link); /* note: win-irql-too-high "IoDeleteSymbolicLink" */
}

static VOID BelfryEach(PBELFRY Belfry)
{
	Belfry->Count++;
	BelfryStep(Belfry); /* note: win-irql-too-high "calls `BelfryStep`" */
}

/* Proved here: the finding is at the call made under the lock. */
VOID BelfryUpdate(PBELFRY Belfry)
{
	KIRQL irql;

	KeAcquireSpinLock(&Belfry->Lock, &irql); /* note: win-irql-too-high "is acquired here" */
	BelfryEach(Belfry); /* expect: win-irql-too-high "IoDeleteSymbolicLink" */
	KeReleaseSpinLock(&Belfry->Lock, irql);
}

/* A wrapper takes the lock. */
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
	KIRQL irql = BelfryEnter(Belfry); /* note: win-irql-too-high "calls `BelfryEnter`" */

	BelfryEach(Belfry); /* expect: win-irql-too-high "IoDeleteSymbolicLink" */
	BelfryLeave(Belfry, irql);
}

/* Entered at DISPATCH_LEVEL: the finding is at the offence itself. */
static VOID BelfryLate(PBELFRY Belfry)
{
	IoDeleteSymbolicLink(&Belfry->Link); /* expect: win-irql-too-high "IoDeleteSymbolicLink" */
}

VOID BelfryDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2) /* note: win-irql-too-high "is called as deferred-procedure" */
{
	PBELFRY Belfry = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	BelfryLate(Belfry); /* note: win-irql-too-high "calls `BelfryLate`" */
}
