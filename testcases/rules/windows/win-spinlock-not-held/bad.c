/* Releases of locks that the path does not hold. */
#include <ntddk.h>

typedef struct _VALVE {
	KSPIN_LOCK Lock;
	KSPIN_LOCK Queue;
	EX_SPIN_LOCK Map;
	FAST_MUTEX Mutex;
	ERESOURCE Resource;
	ULONG Value, Limit;
} VALVE, *PVALVE;

KDEFERRED_ROUTINE ValveDpc;

/* The error label releases a second time. */
/* trap: win-spinlock-not-held entered-held */
NTSTATUS ValveSet(PVALVE Valve, ULONG Value)
{
	NTSTATUS status = STATUS_SUCCESS;
	KIRQL irql;

	KeAcquireSpinLock(&Valve->Lock, &irql);
	if (Value > Valve->Limit) {
		KeReleaseSpinLock(&Valve->Lock, irql); /* note: win-spinlock-not-held "Valve->Lock" */
		status = STATUS_INVALID_PARAMETER;
		goto Exit;
	}
	Valve->Value = Value;
Exit:
	KeReleaseSpinLock(&Valve->Lock, irql); /* expect: win-spinlock-not-held "Valve->Lock" */
	return status;
}

/* Released although the attempt failed. */
BOOLEAN ValveTry(PVALVE Valve)
{
	BOOLEAN got = ExTryToAcquireFastMutex(&Valve->Mutex);

	if (got)
		Valve->Value++;
	ExReleaseFastMutex(&Valve->Mutex); /* expect: win-spinlock-not-held "Valve->Mutex" */
	return got;
}

NTSTATUS ValveResize(PVALVE Valve, ULONG Limit)
{
	NTSTATUS status = STATUS_SUCCESS;

	KeEnterCriticalRegion();
	if (!ExAcquireResourceExclusiveLite(&Valve->Resource, FALSE)) {
		status = STATUS_DEVICE_BUSY;
		goto Exit;
	}
	Valve->Limit = Limit;
Exit:
	ExReleaseResourceLite(&Valve->Resource); /* expect: win-spinlock-not-held "Valve->Resource" */
	KeLeaveCriticalRegion();
	return status;
}

/* Left from the loop with the lock given up already. */
VOID ValveDrain(PVALVE Valve, const ULONG *Steps, ULONG Count)
{
	KLOCK_QUEUE_HANDLE QueueHandle;
	ULONG i;

	KeAcquireInStackQueuedSpinLock(&Valve->Queue, &QueueHandle);
	for (i = 0; i < Count; i++) {
		if (Steps[i] > Valve->Value) {
			KeReleaseInStackQueuedSpinLock(&QueueHandle); /* note: win-spinlock-not-held "Queue" */
			break;
		}
		Valve->Value -= Steps[i];
	}
	KeReleaseInStackQueuedSpinLock(&QueueHandle); /* expect: win-spinlock-not-held "Queue" */
}

/* trap: win-spinlock-not-held wrappers */
VOID ValveDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PVALVE valve = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	KeAcquireSpinLockAtDpcLevel(&valve->Lock);
	valve->Value = 0;
	KeReleaseSpinLockFromDpcLevel(&valve->Lock); /* note: win-spinlock-not-held "valve->Lock" */
	if (valve->Limit > 1)
		KeReleaseSpinLockFromDpcLevel(&valve->Lock); /* expect: win-spinlock-not-held "valve->Lock" */
}

/* Both the block and its termination handler release. */
NTSTATUS ValveCheck(PVALVE Valve, ULONG Value)
{
	NTSTATUS status = STATUS_SUCCESS;

	ExAcquireFastMutex(&Valve->Mutex);
	__try {
		if (Value > Valve->Limit) {
			ExReleaseFastMutex(&Valve->Mutex); /* note: win-spinlock-not-held "Valve->Mutex" */
			status = STATUS_INVALID_PARAMETER;
			__leave;
		}
		Valve->Value = Value;
	} __finally {
		ExReleaseFastMutex(&Valve->Mutex); /* expect: win-spinlock-not-held "Valve->Mutex" */
	}
	return status;
}

VOID ValveMap(PVALVE Valve, ULONG Rounds)
{
	KIRQL irql = ExAcquireSpinLockExclusive(&Valve->Map);

	Valve->Value = 0;
	if (Rounds > 1)
		ExReleaseSpinLockExclusive(&Valve->Map, irql);
	if (Rounds > 2)
		ExReleaseSpinLockExclusive(&Valve->Map, irql); /* expect: win-spinlock-not-held "Valve->Map" */
	else if (Rounds <= 1)
		ExReleaseSpinLockExclusive(&Valve->Map, irql);
}
