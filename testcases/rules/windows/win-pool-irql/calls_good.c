/* The same helpers, called where the level is low enough or not known. */
#include <ntddk.h>

typedef struct _GRANARY {
	KSPIN_LOCK Lock;
	PVOID Grain;
	ULONG Count;
} GRANARY, *PGRANARY;

KDEFERRED_ROUTINE GranaryDpc;
IO_WORKITEM_ROUTINE GranaryWorker;

static VOID GranaryStep(PGRANARY Granary)
{
	Granary->Grain = ExAllocatePoolWithTag(PagedPool, 64, 'narG'); /* ok: win-pool-irql */
}

/* Released before the call. */
VOID GranaryUpdate(PGRANARY Granary)
{
	KIRQL irql;

	KeAcquireSpinLock(&Granary->Lock, &irql);
	Granary->Count++;
	KeReleaseSpinLock(&Granary->Lock, irql);
	GranaryStep(Granary); /* ok: win-pool-irql */
}

/* Trap: the wrapper for the lock is left before the call. */
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
	KIRQL irql = GranaryEnter(Granary);

	Granary->Count++;
	GranaryLeave(Granary, irql);
	GranaryStep(Granary); /* ok: win-pool-irql */
}

/* Trap: only the branch at a low level goes there. */
static VOID GranaryCareful(PGRANARY Granary)
{
	if (KeGetCurrentIrql() < DISPATCH_LEVEL)
		GranaryStep(Granary); /* ok: win-pool-irql */
}

VOID GranaryDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PGRANARY Granary = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	GranaryCareful(Granary); /* ok: win-pool-irql */
}

/* Trap: what the argument rules out is not reached. */
static VOID GranaryMaybe(PGRANARY Granary, BOOLEAN Really)
{
	if (Really)
		GranaryStep(Granary);
	Granary->Count++;
}

VOID GranaryTouch(PGRANARY Granary)
{
	KIRQL irql;

	KeAcquireSpinLock(&Granary->Lock, &irql);
	GranaryMaybe(Granary, FALSE); /* ok: win-pool-irql */
	KeReleaseSpinLock(&Granary->Lock, irql);
	GranaryMaybe(Granary, TRUE); /* ok: win-pool-irql */
}

VOID GranaryWorker(PDEVICE_OBJECT Device, PVOID Context)
{
	UNREFERENCED_PARAMETER(Device);
	GranaryStep(Context); /* ok: win-pool-irql */
}
