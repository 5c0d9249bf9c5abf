/* Every way out releases, or it is the function's purpose not to. */
#include <ntddk.h>

typedef struct _METER {
	KSPIN_LOCK Lock;
	KSPIN_LOCK Queue;
	EX_SPIN_LOCK Map;
	FAST_MUTEX Mutex;
	ERESOURCE Resource;
	LIST_ENTRY Samples;
	KIRQL SavedIrql;
	ULONG Value, Limit;
} METER, *PMETER;

typedef struct _SAMPLE {
	LIST_ENTRY Link;
	ULONG Value;
} SAMPLE, *PSAMPLE;

KDEFERRED_ROUTINE MeterDpc;
DRIVER_CANCEL MeterCancel;

NTSTATUS MeterSet(PMETER Meter, ULONG Value)
{
	KIRQL irql;

	KeAcquireSpinLock(&Meter->Lock, &irql);
	if (Value > Meter->Limit) {
		KeReleaseSpinLock(&Meter->Lock, irql);
		return STATUS_INVALID_PARAMETER; /* ok: win-spinlock-held-on-exit */
	}
	Meter->Value = Value;
	KeReleaseSpinLock(&Meter->Lock, irql);
	return STATUS_SUCCESS; /* ok: win-spinlock-held-on-exit */
}

PSAMPLE MeterFind(PMETER Meter, ULONG Value)
{
	KLOCK_QUEUE_HANDLE handle;
	PSAMPLE found = NULL;
	PLIST_ENTRY entry;

	KeAcquireInStackQueuedSpinLock(&Meter->Queue, &handle);
	for (entry = Meter->Samples.Flink; entry != &Meter->Samples; entry = entry->Flink) {
		found = CONTAINING_RECORD(entry, SAMPLE, Link);
		if (found->Value == Value)
			break;
		found = NULL;
	}
	KeReleaseInStackQueuedSpinLock(&handle);
	return found; /* ok: win-spinlock-held-on-exit */
}

VOID MeterDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PMETER meter = Context;
	KLOCK_QUEUE_HANDLE handle;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	KeAcquireSpinLockAtDpcLevel(&meter->Lock);
	meter->Value++;
	KeReleaseSpinLockFromDpcLevel(&meter->Lock);
	KeAcquireInStackQueuedSpinLockAtDpcLevel(&meter->Queue, &handle);
	meter->Limit++;
	KeReleaseInStackQueuedSpinLockFromDpcLevel(&handle);
	ExAcquireSpinLockExclusiveAtDpcLevel(&meter->Map);
	meter->Limit--;
	ExReleaseSpinLockExclusiveFromDpcLevel(&meter->Map);
} /* ok: win-spinlock-held-on-exit */

NTSTATUS MeterMap(PMETER Meter, ULONG Limit)
{
	NTSTATUS status = STATUS_SUCCESS;
	KIRQL irql;

	irql = ExAcquireSpinLockExclusive(&Meter->Map);
	if (Limit == 0) {
		status = STATUS_INVALID_PARAMETER;
		goto Release;
	}
	Meter->Limit = Limit;
Release:
	ExReleaseSpinLockExclusive(&Meter->Map, irql);
	return status; /* ok: win-spinlock-held-on-exit */
}

ULONG MeterPeek(PMETER Meter)
{
	KIRQL irql = ExAcquireSpinLockShared(&Meter->Map);
	ULONG value = Meter->Value;

	ExReleaseSpinLockShared(&Meter->Map, irql);
	return value; /* ok: win-spinlock-held-on-exit */
}

/* Trap: acquired and released under the same condition. */
/* trap: win-spinlock-held-on-exit same-condition */
VOID MeterAdd(PMETER Meter, ULONG Value, BOOLEAN Shared)
{
	KIRQL irql = PASSIVE_LEVEL;

	if (Shared)
		KeAcquireSpinLock(&Meter->Lock, &irql);
	Meter->Value += Value;
	if (Shared)
		KeReleaseSpinLock(&Meter->Lock, irql);
} /* ok: win-spinlock-held-on-exit */

/* Trap: a pair of helpers, annotated. */
/* trap: win-spinlock-held-on-exit helper-pair */
_Acquires_lock_(Meter->Lock)
_IRQL_raises_(DISPATCH_LEVEL)
VOID MeterLock(PMETER Meter, _IRQL_saves_ PKIRQL Irql)
{
	KeAcquireSpinLock(&Meter->Lock, Irql);
} /* ok: win-spinlock-held-on-exit */

_Releases_lock_(Meter->Lock)
VOID MeterUnlock(PMETER Meter, _IRQL_restores_ KIRQL Irql)
{
	KeReleaseSpinLock(&Meter->Lock, Irql);
}

VOID MeterClear(PMETER Meter)
{
	KIRQL irql;

	MeterLock(Meter, &irql);
	Meter->Value = 0;
	MeterUnlock(Meter, irql);
} /* ok: win-spinlock-held-on-exit */

/* Trap: a pair of helpers without annotations. */
VOID MeterEnter(PMETER Meter)
{
	KIRQL irql;

	KeAcquireSpinLock(&Meter->Queue, &irql);
	Meter->SavedIrql = irql;
} /* ok: win-spinlock-held-on-exit */

VOID MeterLeave(PMETER Meter)
{
	KeReleaseSpinLock(&Meter->Queue, Meter->SavedIrql);
}

/* Trap: a termination handler releases on every way out of the block. */
/* trap: win-spinlock-held-on-exit termination-handler */
NTSTATUS MeterCheck(PMETER Meter, ULONG Value)
{
	ExAcquireFastMutex(&Meter->Mutex);
	__try {
		if (Value > Meter->Limit)
			return STATUS_INVALID_PARAMETER; /* ok: win-spinlock-held-on-exit */
		Meter->Value = Value;
	} __finally {
		ExReleaseFastMutex(&Meter->Mutex);
	}
	return STATUS_SUCCESS; /* ok: win-spinlock-held-on-exit */
}

/* trap: win-spinlock-held-on-exit exception */
NTSTATUS MeterCopy(PMETER Meter, PULONG UserValue)
{
	NTSTATUS status = STATUS_SUCCESS;

	ExAcquireFastMutex(&Meter->Mutex);
	__try {
		ProbeForWrite(UserValue, sizeof(ULONG), sizeof(ULONG));
		*UserValue = Meter->Value;
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = STATUS_ACCESS_VIOLATION;
	}
	ExReleaseFastMutex(&Meter->Mutex);
	return status; /* ok: win-spinlock-held-on-exit */
}

/* Trap: the attempt may fail, and then there is nothing to release. */
BOOLEAN MeterTry(PMETER Meter)
{
	if (!ExTryToAcquireFastMutex(&Meter->Mutex))
		return FALSE; /* ok: win-spinlock-held-on-exit */
	Meter->Value++;
	ExReleaseFastMutex(&Meter->Mutex);
	return TRUE;
}

BOOLEAN MeterTryExclusive(PMETER Meter)
{
	BOOLEAN got;

	KeEnterCriticalRegion();
	got = ExAcquireResourceExclusiveLite(&Meter->Resource, FALSE);
	if (got) {
		Meter->Limit++;
		ExReleaseResourceLite(&Meter->Resource);
	}
	KeLeaveCriticalRegion();
	return got; /* ok: win-spinlock-held-on-exit */
}

/* Trap: a cancel routine is entered with the cancel lock held. */
/* trap: win-spinlock-held-on-exit cancel-lock */
VOID MeterCancel(PDEVICE_OBJECT Device, PIRP Irp)
{
	UNREFERENCED_PARAMETER(Device);
	IoReleaseCancelSpinLock(Irp->CancelIrql);
	Irp->IoStatus.Status = STATUS_CANCELLED;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
} /* ok: win-spinlock-held-on-exit */

BOOLEAN MeterArm(PIRP Irp)
{
	KIRQL irql;

	IoAcquireCancelSpinLock(&irql);
	if (Irp->Cancel) {
		IoReleaseCancelSpinLock(irql);
		return FALSE; /* ok: win-spinlock-held-on-exit */
	}
	IoSetCancelRoutine(Irp, MeterCancel);
	IoReleaseCancelSpinLock(irql);
	return TRUE; /* ok: win-spinlock-held-on-exit */
}

/* Trap: given up and taken again inside a loop. */
VOID MeterDrain(PMETER Meter)
{
	KIRQL irql;

	KeAcquireSpinLock(&Meter->Lock, &irql);
	while (Meter->Value > 0) {
		Meter->Value--;
		KeReleaseSpinLock(&Meter->Lock, irql);
		DbgPrint("one less\n");
		KeAcquireSpinLock(&Meter->Lock, &irql);
	}
	KeReleaseSpinLock(&Meter->Lock, irql);
} /* ok: win-spinlock-held-on-exit */
