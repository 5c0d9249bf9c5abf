/* SAL annotations of functions that are known by their declarations only, and
 * against the bodies they stand at. */
#include <ntddk.h>

typedef struct _DEPOT {
	KSPIN_LOCK Lock;
	FAST_MUTEX Mutex;
	ULONG Goods;
	PVOID List;
} DEPOT, *PDEPOT;

/* in another file */
_IRQL_requires_max_(DISPATCH_LEVEL) _IRQL_saves_ _IRQL_raises_(DISPATCH_LEVEL) _Acquires_lock_(Depot->Lock)
KIRQL DepotTake(_In_ PDEPOT Depot);
_IRQL_requires_(DISPATCH_LEVEL) _Releases_lock_(Depot->Lock)
VOID DepotGive(_In_ PDEPOT Depot, _In_ _IRQL_restores_ KIRQL Irql);
_Must_inspect_result_ _IRQL_requires_same_
NTSTATUS DepotCount(_In_ PDEPOT Depot);
VOID DepotSort(_In_ _Requires_lock_held_(_Curr_->Lock) PDEPOT Depot);
_IRQL_requires_same_
VOID DepotWalk(_In_ _Requires_lock_held_(*_Curr_) PKSPIN_LOCK SpinLock);
_Requires_lock_not_held_(Depot->Lock)
VOID DepotClose(_In_ PDEPOT Depot);
_Kernel_float_saved_ NTSTATUS DepotFloatBegin(_Out_ PKFLOATING_SAVE Save);
_Kernel_float_restored_ VOID DepotFloatEnd(_In_ PKFLOATING_SAVE Save);

VOID TakenOutside(PDEPOT Depot, PLARGE_INTEGER Interval)
{
	KIRQL irql = DepotTake(Depot);

	DepotSort(Depot); /* ok: win-annotation-contradicted */
	KeDelayExecutionThread(KernelMode, FALSE, Interval); /* expect: win-wait-at-dispatch "KeDelayExecutionThread" */
	DepotGive(Depot, irql);
}

VOID SameLevel(PDEPOT Depot, PLARGE_INTEGER Interval)
{
	if (KeGetCurrentIrql() != DISPATCH_LEVEL)
		return;
	DepotWalk(&Depot->Lock);
	KeDelayExecutionThread(KernelMode, FALSE, Interval); /* expect: win-wait-at-dispatch "KeDelayExecutionThread" */
}

VOID NeedsCurrent(PDEPOT Depot)
{
	KIRQL irql;

	KeAcquireSpinLock(&Depot->Lock, &irql);
	KeReleaseSpinLock(&Depot->Lock, irql);
	DepotSort(Depot); /* expect: win-annotation-contradicted "Depot->Lock" */
}

VOID NeedsPointee(PDEPOT Depot)
{
	KIRQL irql;

	KeAcquireSpinLock(&Depot->Lock, &irql);
	KeReleaseSpinLock(&Depot->Lock, irql);
	DepotWalk(&Depot->Lock); /* expect: win-annotation-contradicted "Depot->Lock" */
}

VOID NeedsFree(PDEPOT Depot)
{
	KIRQL irql;

	KeAcquireSpinLock(&Depot->Lock, &irql);
	DepotClose(Depot); /* expect: win-annotation-contradicted "Depot->Lock" */
	KeReleaseSpinLock(&Depot->Lock, irql);
}

VOID Counts(PDEPOT Depot)
{
	DepotCount(Depot); /* expect: win-annotation-contradicted "DepotCount" */
	(VOID)DepotCount(Depot); /* ok: win-annotation-contradicted */
}

/* ---- levels ---- */

_IRQL_requires_max_(DISPATCH_LEVEL)
VOID WaitsTooHigh(PDEPOT Depot, PLARGE_INTEGER Interval)
{
	Depot->Goods++;
	KeDelayExecutionThread(KernelMode, FALSE, Interval); /* expect: win-annotation-contradicted "WaitsTooHigh" */
}

/* The caller says whether it may wait. */
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID WaitsIfAllowed(BOOLEAN MayWait, PLARGE_INTEGER Interval)
{
	if (MayWait)
		KeDelayExecutionThread(KernelMode, FALSE, Interval); /* ok: win-annotation-contradicted */
}

_IRQL_requires_max_(DISPATCH_LEVEL)
VOID WaitsWhereItCan(PLARGE_INTEGER Interval)
{
	if (KeGetCurrentIrql() < DISPATCH_LEVEL)
		KeDelayExecutionThread(KernelMode, FALSE, Interval); /* ok: win-annotation-contradicted */
}

_IRQL_requires_max_(DISPATCH_LEVEL)
VOID AllocatesAsTold(PDEPOT Depot, POOL_TYPE Type)
{
	Depot->List = ExAllocatePoolWithTag(Type, 16, 'tseT'); /* ok: win-annotation-contradicted */
}

/* ---- floating point ---- */

_Kernel_float_saved_
NTSTATUS FloatBegin(PKFLOATING_SAVE Save)
{
	return KeSaveFloatingPointState(Save); /* ok: win-annotation-contradicted */
}

_Kernel_float_saved_
VOID FloatNever(PDEPOT Depot)
{
	Depot->Goods = 0;
} /* expect: win-annotation-contradicted "FloatNever" */

_Kernel_float_restored_
VOID FloatEnd(PKFLOATING_SAVE Save, BOOLEAN Again)
{
	if (Again)
		return; /* expect: win-annotation-contradicted "FloatEnd" */
	KeRestoreFloatingPointState(Save);
}

NTSTATUS FloatOutside(PDEPOT Depot)
{
	KFLOATING_SAVE save;
	NTSTATUS status = KeSaveFloatingPointState(&save);

	if (!NT_SUCCESS(status))
		return status;
	Depot->Goods++;
	DepotFloatEnd(&save);
	return STATUS_SUCCESS;
}

/* ---- bodies ---- */

_Acquires_lock_(Depot->Mutex)
VOID BodyReleases(PDEPOT Depot)
{
	ExAcquireFastMutex(&Depot->Mutex);
	if (!Depot->Goods)
		ExReleaseFastMutex(&Depot->Mutex);
} /* expect: win-annotation-contradicted "Depot->Mutex" */

_Releases_lock_(Depot->Mutex)
VOID BodyKeeps(PDEPOT Depot)
{
	if (Depot->Goods)
		ExReleaseFastMutex(&Depot->Mutex);
} /* expect: win-annotation-contradicted "Depot->Mutex" */

_IRQL_raises_(DISPATCH_LEVEL)
VOID BodyStays(PDEPOT Depot) /* expect: win-irql-not-restored "BodyStays" */
{
	Depot->Goods++;
}
