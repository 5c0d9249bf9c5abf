/* A lock taken again on a path that already holds it. */
#include <ntddk.h>

typedef struct _RELAY {
	KSPIN_LOCK Lock;
	KSPIN_LOCK Queue;
	EX_SPIN_LOCK Routes;
	FAST_MUTEX Mutex;
	ULONG State, Hops;
} RELAY, *PRELAY;

KDEFERRED_ROUTINE RelayDpc;

/* trap: win-spinlock-double other-instance */
VOID RelayForward(PRELAY Relay)
{
	KIRQL outer, inner;

	KeAcquireSpinLock(&Relay->Lock, &outer); /* note: win-spinlock-double "Relay->Lock" */
	Relay->Hops++;
	KeAcquireSpinLock(&Relay->Lock, &inner); /* expect: win-spinlock-double "Relay->Lock" */
	Relay->State = 1;
	KeReleaseSpinLock(&Relay->Lock, inner);
}

/* The release is missing on the `continue` path. */
ULONG RelayScan(PRELAY Relay, const ULONG *States, ULONG Count)
{
	ULONG i, hits = 0;
	KIRQL irql;

	for (i = 0; i < Count; i++) {
		KeAcquireSpinLock(&Relay->Lock, &irql); /* expect: win-spinlock-double "Relay->Lock" */
		if (States[i] == 0)
			continue;
		hits += States[i] == Relay->State;
		KeReleaseSpinLock(&Relay->Lock, irql);
	}
	return hits; /* the same defect: said once, above */
}

/* Another function of the family, the same lock. */
VOID RelayDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PRELAY relay = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	KeAcquireSpinLockAtDpcLevel(&relay->Queue); /* note: win-spinlock-double "relay->Queue" */
	if (relay->Hops == 0)
		KeAcquireSpinLockAtDpcLevel(&relay->Queue); /* expect: win-spinlock-double "relay->Queue" */
	relay->Hops++;
	KeReleaseSpinLockFromDpcLevel(&relay->Queue);
}

/* Reader and writer sides of one lock exclude each other. */
/* trap: win-spinlock-double lock-array */
VOID RelayRoute(PRELAY Relay, BOOLEAN Add)
{
	KIRQL irql = ExAcquireSpinLockShared(&Relay->Routes); /* note: win-spinlock-double "Relay->Routes" */

	if (Add) {
		ExAcquireSpinLockExclusiveAtDpcLevel(&Relay->Routes); /* expect: win-spinlock-double "Relay->Routes" */
		Relay->State++;
		ExReleaseSpinLockExclusiveFromDpcLevel(&Relay->Routes);
		return;
	}
	ExReleaseSpinLockShared(&Relay->Routes, irql);
}

/* A second name for the lock. */
VOID RelayAlias(PRELAY Relay)
{
	PFAST_MUTEX mutex = &Relay->Mutex;

	ExAcquireFastMutex(mutex); /* note: win-spinlock-double "mutex" */
	Relay->State = 2;
	ExAcquireFastMutex(&Relay->Mutex); /* expect: win-spinlock-double "mutex" */
	Relay->State = 3;
	ExReleaseFastMutex(mutex);
}

/* The error path goes back for another try without the release. */
NTSTATUS RelayRetry(PRELAY Relay, ULONG Tries)
{
	KIRQL irql;

Again:
	KeAcquireSpinLock(&Relay->Queue, &irql); /* expect: win-spinlock-double "Relay->Queue" */
	if (Relay->State == 0 && Tries-- > 0)
		goto Again;
	Relay->State = 1;
	KeReleaseSpinLock(&Relay->Queue, irql);
	return STATUS_SUCCESS;
}

/* The handle is another one, the lock is the same. */
/* trap: win-spinlock-double queued */
VOID RelayQueued(PRELAY Relay)
{
	KLOCK_QUEUE_HANDLE outer, inner;

	KeAcquireInStackQueuedSpinLock(&Relay->Lock, &outer); /* note: win-spinlock-double "Relay->Lock" */
	Relay->Hops = 0;
	KeAcquireInStackQueuedSpinLockAtDpcLevel(&Relay->Lock, &inner); /* expect: win-spinlock-double "Relay->Lock" */
	Relay->State = 0;
	KeReleaseInStackQueuedSpinLockFromDpcLevel(&inner);
}
