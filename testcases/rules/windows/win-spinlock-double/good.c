/* No lock is taken twice. */
#include <ntddk.h>

typedef struct _RELAY {
	KSPIN_LOCK Lock;
	KSPIN_LOCK Queue;
	KSPIN_LOCK Banks[4];
	EX_SPIN_LOCK Routes;
	FAST_MUTEX Mutex;
	ERESOURCE Resource;
	struct _RELAY *Peer;
	ULONG State, Hops;
} RELAY, *PRELAY;

VOID RelayForward(PRELAY Relay)
{
	KIRQL irql;

	KeAcquireSpinLock(&Relay->Lock, &irql);
	Relay->Hops++;
	KeAcquireSpinLockAtDpcLevel(&Relay->Queue); /* ok: win-spinlock-double */
	Relay->State = 1;
	KeReleaseSpinLockFromDpcLevel(&Relay->Queue);
	KeReleaseSpinLock(&Relay->Lock, irql);
}

ULONG RelayScan(PRELAY Relay, const ULONG *States, ULONG Count)
{
	ULONG i, hits = 0;
	KIRQL irql;

	for (i = 0; i < Count; i++) {
		KeAcquireSpinLock(&Relay->Lock, &irql); /* ok: win-spinlock-double */
		if (States[i] == 0) {
			KeReleaseSpinLock(&Relay->Lock, irql);
			continue;
		}
		hits += States[i] == Relay->State;
		KeReleaseSpinLock(&Relay->Lock, irql);
	}
	return hits;
}

/* Trap: the same member of another instance. */
/* trap: win-spinlock-double other-instance */
VOID RelayPair(PRELAY Relay, PRELAY Other)
{
	KIRQL irql;

	KeAcquireSpinLock(&Relay->Lock, &irql);
	KeAcquireSpinLockAtDpcLevel(&Other->Lock); /* ok: win-spinlock-double */
	Other->Hops = Relay->Hops;
	KeReleaseSpinLockFromDpcLevel(&Other->Lock);
	KeAcquireSpinLockAtDpcLevel(&Relay->Peer->Lock); /* ok: win-spinlock-double */
	Relay->Peer->Hops++;
	KeReleaseSpinLockFromDpcLevel(&Relay->Peer->Lock);
	KeReleaseSpinLock(&Relay->Lock, irql);
}

/* Trap: elements of an array of locks. */
/* trap: win-spinlock-double lock-array */
VOID RelayBanks(PRELAY Relay, ULONG From, ULONG To)
{
	KIRQL irql;

	KeAcquireSpinLock(&Relay->Banks[From], &irql);
	KeAcquireSpinLockAtDpcLevel(&Relay->Banks[To]); /* ok: win-spinlock-double */
	Relay->State = 0;
	KeReleaseSpinLockFromDpcLevel(&Relay->Banks[To]);
	KeReleaseSpinLock(&Relay->Banks[From], irql);
}

/* Trap: queued locks with a handle for each. */
/* trap: win-spinlock-double queued */
VOID RelayQueued(PRELAY Relay)
{
	KLOCK_QUEUE_HANDLE outer, inner;

	KeAcquireInStackQueuedSpinLock(&Relay->Lock, &outer);
	KeAcquireInStackQueuedSpinLockAtDpcLevel(&Relay->Queue, &inner); /* ok: win-spinlock-double */
	Relay->Hops = 0;
	KeReleaseInStackQueuedSpinLockFromDpcLevel(&inner);
	KeReleaseInStackQueuedSpinLock(&outer);
	KeAcquireInStackQueuedSpinLock(&Relay->Lock, &outer); /* ok: win-spinlock-double */
	Relay->Hops = 1;
	KeReleaseInStackQueuedSpinLock(&outer);
}

/* Trap: an executive resource may be taken again by its owner. */
VOID RelayResource(PRELAY Relay)
{
	KeEnterCriticalRegion();
	ExAcquireResourceExclusiveLite(&Relay->Resource, TRUE);
	Relay->State = 4;
	ExAcquireResourceSharedLite(&Relay->Resource, TRUE); /* ok: win-spinlock-double */
	Relay->Hops = Relay->State;
	ExReleaseResourceLite(&Relay->Resource);
	ExReleaseResourceLite(&Relay->Resource);
	KeLeaveCriticalRegion();
}

/* Trap: one lock for each element of a list. */
VOID RelayWalk(PRELAY First)
{
	PRELAY relay;
	KIRQL irql;

	for (relay = First; relay != NULL; relay = relay->Peer) {
		KeAcquireSpinLock(&relay->Lock, &irql); /* ok: win-spinlock-double */
		relay->State = 0;
		KeReleaseSpinLock(&relay->Lock, irql);
	}
}

/* Trap: the callee expects the lock to be held, and says so in its name only. */
static VOID RelayStepLocked(PRELAY Relay)
{
	Relay->Hops++;
}

VOID RelayStep(PRELAY Relay)
{
	KIRQL irql;

	KeAcquireSpinLock(&Relay->Lock, &irql);
	RelayStepLocked(Relay); /* ok: win-spinlock-double */
	KeReleaseSpinLock(&Relay->Lock, irql);
}

NTSTATUS RelayRetry(PRELAY Relay, ULONG Tries)
{
	KIRQL irql;

Again:
	KeAcquireSpinLock(&Relay->Queue, &irql); /* ok: win-spinlock-double */
	if (Relay->State == 0 && Tries-- > 0) {
		KeReleaseSpinLock(&Relay->Queue, irql);
		goto Again;
	}
	Relay->State = 1;
	KeReleaseSpinLock(&Relay->Queue, irql);
	return STATUS_SUCCESS;
}
