/* Paged pool at a raised IRQL: two calls below a spin lock, and below a DPC. */
#include <ntddk.h>

typedef struct _GRANARY {
	KSPIN_LOCK Lock;
	PVOID Grain;
	ULONG Count;
} GRANARY, *PGRANARY;

KDEFERRED_ROUTINE GranaryDpc;

static VOID GranaryStep(PGRANARY Granary)
{
	Granary->Grain = ExAllocatePoolWithTag(PagedPool, 64, 'narG'); /* note: win-pool-irql "ExAllocatePoolWithTag" */
}

static VOID GranaryEach(PGRANARY Granary)
{
	Granary->Count++;
	GranaryStep(Granary); /* note: win-pool-irql "calls `GranaryStep`" */
}

/* Proved here: the finding is at the call made under the lock. */
VOID GranaryUpdate(PGRANARY Granary)
{
	KIRQL irql;

	KeAcquireSpinLock(&Granary->Lock, &irql); /* note: win-pool-irql "is acquired here" */
	GranaryEach(Granary); /* expect: win-pool-irql "ExAllocatePoolWithTag" */
	KeReleaseSpinLock(&Granary->Lock, irql);
}

/* A wrapper takes the lock. */
static KIRQL GranaryEnter(PGRANARY Granary)
{
	KIRQL irql;

	KeAcquireSpinLock(&Granary->Lock, &irql);
	return irql;
}

static VOID GranaryLeave(PGRANARY Granary, KIRQL Irql)
{
	KeReleaseSpinLock(&Granary->Lock, Irql);
}

VOID GranaryRefresh(PGRANARY Granary)
{
	KIRQL irql = GranaryEnter(Granary); /* note: win-pool-irql "calls `GranaryEnter`" */

	GranaryEach(Granary); /* expect: win-pool-irql "ExAllocatePoolWithTag" */
	GranaryLeave(Granary, irql);
}

/* Entered at DISPATCH_LEVEL: the finding is at the offence itself. */
static VOID GranaryLate(PGRANARY Granary)
{
	Granary->Grain = ExAllocatePoolWithTag(PagedPool, 64, 'narG'); /* expect: win-pool-irql "ExAllocatePoolWithTag" */
}

VOID GranaryDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2) /* note: win-pool-irql "is called as deferred-procedure" */
{
	PGRANARY Granary = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	GranaryLate(Granary); /* note: win-pool-irql "calls `GranaryLate`" */
}
