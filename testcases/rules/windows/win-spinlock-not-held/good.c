/* One release for each acquisition, or the lock is held on entry. */
#include <ntddk.h>

typedef struct _VALVE {
	KSPIN_LOCK Lock;
	KSPIN_LOCK Queue;
	FAST_MUTEX Mutex;
	ERESOURCE Resource;
	KIRQL SavedIrql;
	ULONG Value, Limit;
} VALVE, *PVALVE;

DRIVER_CANCEL ValveCancel;

NTSTATUS ValveSet(PVALVE Valve, ULONG Value)
{
	NTSTATUS status = STATUS_SUCCESS;
	KIRQL irql;

	KeAcquireSpinLock(&Valve->Lock, &irql);
	if (Value > Valve->Limit) {
		status = STATUS_INVALID_PARAMETER;
		goto Exit;
	}
	Valve->Value = Value;
Exit:
	KeReleaseSpinLock(&Valve->Lock, irql); /* ok: win-spinlock-not-held */
	return status;
}

BOOLEAN ValveTry(PVALVE Valve)
{
	BOOLEAN got = ExTryToAcquireFastMutex(&Valve->Mutex);

	if (got) {
		Valve->Value++;
		ExReleaseFastMutex(&Valve->Mutex); /* ok: win-spinlock-not-held */
	}
	return got;
}

/* Trap: an executive resource nests. */
VOID ValveResize(PVALVE Valve, ULONG Limit)
{
	KeEnterCriticalRegion();
	ExAcquireResourceExclusiveLite(&Valve->Resource, TRUE);
	ExAcquireResourceExclusiveLite(&Valve->Resource, TRUE);
	Valve->Limit = Limit;
	ExReleaseResourceLite(&Valve->Resource);
	ExReleaseResourceLite(&Valve->Resource); /* ok: win-spinlock-not-held */
	KeLeaveCriticalRegion();
}

VOID ValveDrain(PVALVE Valve, const ULONG *Steps, ULONG Count)
{
	KLOCK_QUEUE_HANDLE handle;
	ULONG i;

	KeAcquireInStackQueuedSpinLock(&Valve->Queue, &handle);
	for (i = 0; i < Count; i++) {
		if (Steps[i] > Valve->Value)
			break;
		Valve->Value -= Steps[i];
	}
	KeReleaseInStackQueuedSpinLock(&handle); /* ok: win-spinlock-not-held */
	KeAcquireInStackQueuedSpinLock(&Valve->Lock, &handle);
	Valve->Limit = 0;
	KeReleaseInStackQueuedSpinLock(&handle); /* ok: win-spinlock-not-held */
}

/* Trap: entered with the lock held, annotated or not. */
/* trap: win-spinlock-not-held entered-held */
_Requires_lock_held_(Valve->Lock)
_Releases_lock_(Valve->Lock)
VOID ValveFinish(PVALVE Valve, _IRQL_restores_ KIRQL Irql)
{
	Valve->Value = 0;
	KeReleaseSpinLock(&Valve->Lock, Irql); /* ok: win-spinlock-not-held */
}

VOID ValveGiveUp(PVALVE Valve, KIRQL Irql)
{
	Valve->Value++;
	KeReleaseSpinLock(&Valve->Queue, Irql); /* ok: win-spinlock-not-held */
}

/* Trap: a cancel routine is entered with the cancel lock held. */
VOID ValveCancel(PDEVICE_OBJECT Device, PIRP Irp)
{
	UNREFERENCED_PARAMETER(Device);
	IoReleaseCancelSpinLock(Irp->CancelIrql); /* ok: win-spinlock-not-held */
	Irp->IoStatus.Status = STATUS_CANCELLED;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
}

/* Trap: wrapper functions. */
static VOID ValveEnter(PVALVE Valve)
{
	KIRQL irql;

	KeAcquireSpinLock(&Valve->Lock, &irql);
	Valve->SavedIrql = irql;
}

static VOID ValveLeave(PVALVE Valve)
{
	KeReleaseSpinLock(&Valve->Lock, Valve->SavedIrql); /* ok: win-spinlock-not-held */
}

/* trap: win-spinlock-not-held wrappers */
VOID ValveClear(PVALVE Valve)
{
	ValveEnter(Valve);
	Valve->Value = 0;
	ValveLeave(Valve); /* ok: win-spinlock-not-held */
	ValveEnter(Valve);
	Valve->Limit = 0;
	ValveLeave(Valve); /* ok: win-spinlock-not-held */
}

/* Trap: given up in the middle, then taken again. */
VOID ValveBreathe(PVALVE Valve)
{
	KIRQL irql;

	KeAcquireSpinLock(&Valve->Lock, &irql);
	Valve->Value = 1;
	KeReleaseSpinLock(&Valve->Lock, irql);
	DbgPrint("half way\n");
	KeAcquireSpinLock(&Valve->Lock, &irql);
	Valve->Value = 2;
	KeReleaseSpinLock(&Valve->Lock, irql); /* ok: win-spinlock-not-held */
}

/* Trap: the termination handler is the only release. */
NTSTATUS ValveCheck(PVALVE Valve, ULONG Value)
{
	NTSTATUS status = STATUS_SUCCESS;

	ExAcquireFastMutex(&Valve->Mutex);
	__try {
		if (Value > Valve->Limit) {
			status = STATUS_INVALID_PARAMETER;
			__leave;
		}
		Valve->Value = Value;
	} __finally {
		ExReleaseFastMutex(&Valve->Mutex); /* ok: win-spinlock-not-held */
	}
	return status;
}

/* Trap: both under the same condition. */
VOID ValveAdd(PVALVE Valve, BOOLEAN Locked)
{
	KIRQL irql = PASSIVE_LEVEL;

	if (!Locked)
		KeAcquireSpinLock(&Valve->Lock, &irql);
	Valve->Value++;
	if (!Locked)
		KeReleaseSpinLock(&Valve->Lock, irql); /* ok: win-spinlock-not-held */
}
