// SPDX-License-Identifier: GPL-2.0
/* The interrupt request level of Windows: by tests, by locks, by role, by annotation. */
#include <ntddk.h>

#define POOL_TAG 'lqrI'

typedef struct _UNIT {
	KSPIN_LOCK Lock;
	FAST_MUTEX Mutex;
	KMUTEX Owner;
	KEVENT Event;
	KSEMAPHORE Semaphore;
	KDPC Dpc;
	PKINTERRUPT Interrupt;
	PIO_WORKITEM Item;
	HANDLE File;
	PVOID Buffer;
	ULONG Count;
	BOOLEAN Stopping;
} UNIT, *PUNIT;

KDEFERRED_ROUTINE GoodDpc;
KDEFERRED_ROUTINE BadDpc;
KSERVICE_ROUTINE GoodIsr;
KSERVICE_ROUTINE BadIsr;
KSYNCHRONIZE_ROUTINE SyncReset;
IO_COMPLETION_ROUTINE AtUnknownLevel;
IO_WORKITEM_ROUTINE Work;
KSTART_ROUTINE Thread;
IO_TIMER_ROUTINE BadTimer;
DRIVER_CANCEL LateCancel;
DRIVER_DISPATCH WaitingDispatch;

/* ---- right: tests of the level ---------------------------------------------- */

VOID ReturnsIfRaised(PUNIT Unit)
{
	if (KeGetCurrentIrql() >= DISPATCH_LEVEL) {
		IoQueueWorkItem(Unit->Item, Work, DelayedWorkQueue, Unit);
		return;
	}
	ExAcquireFastMutex(&Unit->Mutex);
	Unit->Count++;
	ExReleaseFastMutex(&Unit->Mutex);
}

VOID KeepsTheAnswer(PUNIT Unit)
{
	BOOLEAN mayWait = (BOOLEAN)(KeGetCurrentIrql() <= APC_LEVEL);

	if (mayWait)
		KeWaitForSingleObject(&Unit->Event, Executive, KernelMode, FALSE, NULL);
}

VOID SwitchesOnIt(PUNIT Unit)
{
	switch (KeGetCurrentIrql()) {
	case PASSIVE_LEVEL:
		ZwClose(Unit->File);
		break;
	case DISPATCH_LEVEL:
		Unit->Count++;
		break;
	default:
		break;
	}
}

VOID TestsUnderLock(PUNIT Unit)
{
	KIRQL irql;

	KeAcquireSpinLock(&Unit->Lock, &irql);
	if (KeGetCurrentIrql() == PASSIVE_LEVEL)
		ZwClose(Unit->File); /* ok: win-irql-too-high */
	KeReleaseSpinLock(&Unit->Lock, irql);
	if (irql == DISPATCH_LEVEL)
		return;
	ZwClose(Unit->File);
}

static VOID WaitIfAllowed(PUNIT Unit)
{
	if (KeGetCurrentIrql() < DISPATCH_LEVEL)
		KeWaitForSingleObject(&Unit->Event, Executive, KernelMode, FALSE, NULL);
}

/* ---- right: raised and lowered ---------------------------------------------- */

VOID RaisesIfNeeded(PUNIT Unit)
{
	KIRQL irql = KeGetCurrentIrql();

	if (irql < DISPATCH_LEVEL)
		KeRaiseIrql(DISPATCH_LEVEL, &irql);
	Unit->Count++;
	if (irql < DISPATCH_LEVEL)
		KeLowerIrql(irql);
}

VOID RaisesOnRequest(PUNIT Unit, BOOLEAN Raise)
{
	KIRQL irql = PASSIVE_LEVEL;

	if (Raise)
		KeRaiseIrql(DISPATCH_LEVEL, &irql);
	Unit->Count++;
	if (Raise)
		KeLowerIrql(irql);
	KeWaitForSingleObject(&Unit->Event, Executive, KernelMode, FALSE, NULL);
}

VOID ToApcLevel(PUNIT Unit)
{
	KIRQL irql;

	KeRaiseIrql(APC_LEVEL, &irql);
	ExAcquireFastMutexUnsafe(&Unit->Mutex);
	Unit->Buffer = ExAllocatePoolWithTag(PagedPool, 16, POOL_TAG);
	ExReleaseFastMutexUnsafe(&Unit->Mutex);
	KeLowerIrql(irql);
	ZwClose(Unit->File);
}

VOID WaitsBetweenLocks(PUNIT Unit)
{
	LARGE_INTEGER interval;
	KIRQL irql;

	interval.QuadPart = -10000;
	KeAcquireSpinLock(&Unit->Lock, &irql);
	while (!Unit->Stopping) {
		KeReleaseSpinLock(&Unit->Lock, irql);
		KeDelayExecutionThread(KernelMode, FALSE, &interval);
		KeAcquireSpinLock(&Unit->Lock, &irql);
	}
	KeReleaseSpinLock(&Unit->Lock, irql);
	ZwClose(Unit->File);
}

VOID SpinsOrWaits(PUNIT Unit, BOOLEAN MayWait)
{
	KIRQL irql;

	if (!MayWait)
		KeAcquireSpinLock(&Unit->Lock, &irql);
	else
		ExAcquireFastMutex(&Unit->Mutex);
	Unit->Count++;
	if (!MayWait)
		KeReleaseSpinLock(&Unit->Lock, irql);
	else
		ExReleaseFastMutex(&Unit->Mutex);
	if (MayWait)
		ZwClose(Unit->File);
}

static VOID ReleaseAndWait(PUNIT Unit, KIRQL Irql)
{
	KeReleaseSpinLock(&Unit->Lock, Irql);
	KeWaitForSingleObject(&Unit->Event, Executive, KernelMode, FALSE, NULL);
}

VOID HandsTheLockOver(PUNIT Unit)
{
	KIRQL irql;

	KeAcquireSpinLock(&Unit->Lock, &irql);
	if (Unit->Count) {
		ReleaseAndWait(Unit, irql);
		ZwClose(Unit->File);
	} else {
		KeReleaseSpinLock(&Unit->Lock, irql);
	}
}

VOID ResetsDevice(PUNIT Unit)
{
	KIRQL irql;

	KeAcquireSpinLock(&Unit->Lock, &irql);
	KeSynchronizeExecution(Unit->Interrupt, SyncReset, Unit);
	KeReleaseSpinLock(&Unit->Lock, irql);
	irql = KeAcquireInterruptSpinLock(Unit->Interrupt);
	Unit->Count = 0;
	KeReleaseInterruptSpinLock(Unit->Interrupt, irql);
	KeWaitForSingleObject(&Unit->Event, Executive, KernelMode, FALSE, NULL);
}

PVOID AllocatesAsAsked(PUNIT Unit, POOL_TYPE Type)
{
	PVOID block;
	KIRQL irql;

	KeAcquireSpinLock(&Unit->Lock, &irql);
	block = ExAllocatePoolWithTag(Type, 16, POOL_TAG); /* ok: win-pool-irql */
	KeReleaseSpinLock(&Unit->Lock, irql);
	return block;
}

/* ---- right: by role --------------------------------------------------------- */

VOID GoodDpc(PKDPC Dpc, PVOID Context, PVOID First, PVOID Second)
{
	PUNIT unit = Context;
	LARGE_INTEGER now;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(First);
	UNREFERENCED_PARAMETER(Second);
	now.QuadPart = 0;
	if (KeWaitForSingleObject(&unit->Event, Executive, KernelMode, FALSE, &now) == STATUS_SUCCESS)
		unit->Count++;
	WaitIfAllowed(unit);
	KeAcquireSpinLockAtDpcLevel(&unit->Lock);
	unit->Count++;
	KeReleaseSpinLockFromDpcLevel(&unit->Lock);
	KeReleaseSemaphore(&unit->Semaphore, 0, 1, FALSE);
	IoQueueWorkItem(unit->Item, Work, DelayedWorkQueue, unit);
	if (KeGetCurrentIrql() == PASSIVE_LEVEL)
		ZwClose(unit->File); /* ok: win-irql-too-high */
}

BOOLEAN GoodIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	PUNIT unit = Context;

	UNREFERENCED_PARAMETER(Interrupt);
	if (READ_REGISTER_ULONG((PULONG)unit->Buffer) == 0)
		return FALSE;
	KeInsertQueueDpc(&unit->Dpc, NULL, NULL);
	return TRUE;
}

BOOLEAN SyncReset(PVOID Context)
{
	WRITE_REGISTER_ULONG((PULONG)((PUNIT)Context)->Buffer, 0);
	return TRUE;
}

/* Known callers decide: a completion routine runs at any level up to dispatch. */
NTSTATUS AtUnknownLevel(PDEVICE_OBJECT Device, PIRP Irp, PVOID Context)
{
	PUNIT unit = Context;

	UNREFERENCED_PARAMETER(Device);
	if (Irp->PendingReturned)
		IoMarkIrpPending(Irp);
	if (KeGetCurrentIrql() == PASSIVE_LEVEL)
		ZwClose(unit->File);
	else
		IoQueueWorkItem(unit->Item, Work, DelayedWorkQueue, unit);
	return STATUS_SUCCESS;
}

VOID Work(PDEVICE_OBJECT Device, PVOID Context)
{
	PUNIT unit = Context;
	KIRQL irql;

	UNREFERENCED_PARAMETER(Device);
	KeAcquireSpinLock(&unit->Lock, &irql);
	unit->Count++;
	KeReleaseSpinLock(&unit->Lock, irql);
	ZwClose(unit->File);
}

NTSTATUS WaitingDispatch(PDEVICE_OBJECT Device, PIRP Irp)
{
	PUNIT unit = Device->DeviceExtension;

	KeWaitForSingleObject(&unit->Event, Executive, KernelMode, FALSE, NULL);
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}

/* The release lowers the level to that of whoever cancelled, which is not known. */
VOID LateCancel(PDEVICE_OBJECT Device, PIRP Irp)
{
	PUNIT unit = Device->DeviceExtension;

	IoReleaseCancelSpinLock(Irp->CancelIrql);
	KeWaitForSingleObject(&unit->Event, Executive, KernelMode, FALSE, NULL); /* ok: win-irql-too-high */
	Irp->IoStatus.Status = STATUS_CANCELLED;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
}

/* ---- right: Wait set -------------------------------------------------------- */

VOID SignalsAndWaits(PUNIT Unit, BOOLEAN Wait)
{
	KeReleaseMutex(&Unit->Owner, TRUE);
	KeWaitForMutexObject(&Unit->Owner, Executive, KernelMode, FALSE, NULL);
	if (KeSetEvent(&Unit->Event, IO_NO_INCREMENT, TRUE) == 0)
		Unit->Count++;
	KeWaitForSingleObject(&Unit->Semaphore, Executive, KernelMode, FALSE, NULL);
	KeSetEvent(&Unit->Event, IO_NO_INCREMENT, Wait);
	if (Wait)
		KeWaitForSingleObject(&Unit->Semaphore, Executive, KernelMode, FALSE, NULL);
}

/* ---- wrong ------------------------------------------------------------------ */

VOID BadDpc(PKDPC Dpc, PVOID Context, PVOID First, PVOID Second) /* note: win-wait-at-dispatch "dispatch level" */
{
	PUNIT unit = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(First);
	UNREFERENCED_PARAMETER(Second);
	KeWaitForSingleObject(&unit->Event, Executive, KernelMode, FALSE, NULL); /* expect: win-wait-at-dispatch "KeWait" */
}

BOOLEAN BadIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	PUNIT unit = Context;

	UNREFERENCED_PARAMETER(Interrupt);
	KeSetEvent(&unit->Event, IO_NO_INCREMENT, FALSE); /* expect: win-isr-forbidden-call "KeSetEvent" */
	return TRUE;
}

VOID BadTimer(PDEVICE_OBJECT Device, PVOID Context)
{
	PUNIT unit = Context;

	UNREFERENCED_PARAMETER(Device);
	unit->Buffer = ExAllocatePoolWithTag(PagedPool, 16, POOL_TAG); /* expect: win-pool-irql "ExAllocatePool" */
}

VOID ClosesUnderMutex(PUNIT Unit)
{
	ExAcquireFastMutex(&Unit->Mutex); /* note: win-irql-too-high "Unit->Mutex" */
	ZwClose(Unit->File); /* expect: win-irql-too-high "Unit->Mutex" */
	ExReleaseFastMutex(&Unit->Mutex);
}

VOID DelaysRaised(PUNIT Unit, PLARGE_INTEGER Interval)
{
	KIRQL irql;

	KeRaiseIrql(DISPATCH_LEVEL, &irql); /* note: win-wait-at-dispatch "raised" */
	Unit->Count++;
	KeDelayExecutionThread(KernelMode, FALSE, Interval); /* expect: win-wait-at-dispatch "KeDelayExecutionThread" */
	KeLowerIrql(irql);
}

/* Paged only from the second round on. */
VOID RefillsLocked(PUNIT Unit)
{
	KIRQL irql;

	KeAcquireSpinLock(&Unit->Lock, &irql);
	while (Unit->Count--) {
		ExFreePoolWithTag(Unit->Buffer, POOL_TAG); /* expect: win-pool-irql "ExFreePoolWithTag" */
		Unit->Buffer = ExAllocatePoolWithTag(PagedPool, 16, POOL_TAG); /* expect: win-pool-irql "ExAllocatePool" */
	}
	KeReleaseSpinLock(&Unit->Lock, irql);
}

_IRQL_requires_min_(DISPATCH_LEVEL) VOID DeclaredRaised(PUNIT Unit)
{
	ZwClose(Unit->File); /* expect: win-irql-too-high "DeclaredRaised" */
}

VOID AskedTheWrongWay(PUNIT Unit)
{
	if (KeGetCurrentIrql() >= DISPATCH_LEVEL)
		ZwClose(Unit->File); /* expect: win-irql-too-high */
}

VOID WaitsTooLate(PUNIT Unit)
{
	KeReleaseSemaphore(&Unit->Semaphore, 0, 1, TRUE); /* expect: win-setevent-wait-true "KeReleaseSemaphore" */
	if (Unit->Count)
		KeWaitForSingleObject(&Unit->Event, Executive, KernelMode, FALSE, NULL);
}

static VOID CloseFile(PUNIT Unit)
{
	ZwClose(Unit->File);
}

VOID ClosesInHelper(PUNIT Unit)
{
	KIRQL irql;

	KeAcquireSpinLock(&Unit->Lock, &irql);
	CloseFile(Unit); /* expect: win-irql-too-high */
	KeReleaseSpinLock(&Unit->Lock, irql);
}

_IRQL_requires_max_(PASSIVE_LEVEL) VOID PassiveOnly(ULONG Value);

VOID IgnoresAnnotation(PUNIT Unit)
{
	KIRQL irql;

	KeAcquireSpinLock(&Unit->Lock, &irql);
	PassiveOnly(Unit->Count); /* expect: win-irql-too-high */
	KeReleaseSpinLock(&Unit->Lock, irql);
}
