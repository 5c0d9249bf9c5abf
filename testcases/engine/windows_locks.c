// SPDX-License-Identifier: GPL-2.0
/* Locks of Windows drivers, in the idioms their authors use. Each group has its own field, so that none vouches for another. */
#include <ntddk.h>

typedef struct _RECORD {
	LIST_ENTRY Link;
	ULONG Key;
	LONG Uses;
} RECORD, *PRECORD;

typedef struct _UNIT {
	KSPIN_LOCK Lock;
	KSPIN_LOCK Peer;
	KSPIN_LOCK Helped;
	KSPIN_LOCK Paired;
	KSPIN_LOCK Found;
	KSPIN_LOCK Retaken;
	KSPIN_LOCK Slot[16];
	EX_SPIN_LOCK Shared;
	FAST_MUTEX Mutex;
	ERESOURCE Resource;
	LIST_ENTRY List;
	KIRQL PairedIrql;
	BOOLEAN Stopping;
	ULONG Count;
	struct _UNIT *Next;
} UNIT, *PUNIT;

VOID OtherFile(PUNIT Unit);
NTSTATUS OtherStep(PUNIT Unit);
NTSTATUS OtherCheck(ULONG Value);

/* ---- right: one function ---------------------------------------------------- */

NTSTATUS JumpsOutOfLoop(PUNIT Unit, ULONG Key)
{
	NTSTATUS status = STATUS_NOT_FOUND;
	PLIST_ENTRY link;
	KIRQL irql;

	KeAcquireSpinLock(&Unit->Lock, &irql);
	for (link = Unit->List.Flink; link != &Unit->List; link = link->Flink) {
		if (CONTAINING_RECORD(link, RECORD, Link)->Key == Key) {
			status = STATUS_SUCCESS;
			goto found;
		}
	}
found:
	KeReleaseSpinLock(&Unit->Lock, irql);
	return status;
}

VOID RetakesInLoop(PUNIT Unit)
{
	KIRQL irql;

	KeAcquireSpinLock(&Unit->Lock, &irql);
	while (!IsListEmpty(&Unit->List)) {
		PLIST_ENTRY link = RemoveHeadList(&Unit->List);

		KeReleaseSpinLock(&Unit->Lock, irql);
		ExFreePoolWithTag(CONTAINING_RECORD(link, RECORD, Link), 'kcoL');
		KeAcquireSpinLock(&Unit->Lock, &irql);
	}
	KeReleaseSpinLock(&Unit->Lock, irql);
}

VOID AtEitherLevel(PUNIT Unit)
{
	BOOLEAN raised = KeGetCurrentIrql() >= DISPATCH_LEVEL;
	KIRQL irql = DISPATCH_LEVEL;

	if (raised)
		KeAcquireSpinLockAtDpcLevel(&Unit->Lock);
	else
		KeAcquireSpinLock(&Unit->Lock, &irql);
	Unit->Count++;
	if (raised)
		KeReleaseSpinLockFromDpcLevel(&Unit->Lock);
	else
		KeReleaseSpinLock(&Unit->Lock, irql);
}

VOID LocksEverySlot(PUNIT Unit)
{
	KIRQL irql = KeRaiseIrqlToDpcLevel();
	ULONG i;

	for (i = 0; i < RTL_NUMBER_OF(Unit->Slot); i++)
		KeAcquireSpinLockAtDpcLevel(&Unit->Slot[i]);
	Unit->Count = 0;
	while (i-- > 0)
		KeReleaseSpinLockFromDpcLevel(&Unit->Slot[i]);
	KeLowerIrql(irql);
}

VOID WalksHandOverHand(PUNIT Unit)
{
	PUNIT next;
	KIRQL irql;

	KeAcquireSpinLock(&Unit->Lock, &irql);
	while ((next = Unit->Next) != NULL) {
		KeAcquireSpinLockAtDpcLevel(&next->Lock);
		KeReleaseSpinLockFromDpcLevel(&Unit->Lock);
		Unit = next;
	}
	Unit->Count++;
	KeReleaseSpinLock(&Unit->Lock, irql);
}

/* The inner acquisition saved dispatch level: that is what the outer lock's release must restore. */
VOID ReleasesOuterFirstWithTwoLevels(PUNIT Unit, PUNIT Other)
{
	KIRQL outer, inner;

	KeAcquireSpinLock(&Unit->Lock, &outer);
	KeAcquireSpinLock(&Other->Lock, &inner);
	KeReleaseSpinLock(&Unit->Lock, inner); /* ok: win-spinlock-oldirql */
	Other->Count++;
	KeReleaseSpinLock(&Other->Lock, outer); /* ok: win-spinlock-oldirql */
}

VOID ReadsThenWrites(PUNIT Unit)
{
	KIRQL irql = ExAcquireSpinLockShared(&Unit->Shared);

	if (!ExTryConvertSharedSpinLockExclusive(&Unit->Shared)) {
		ExReleaseSpinLockShared(&Unit->Shared, irql);
		irql = ExAcquireSpinLockExclusive(&Unit->Shared);
	}
	Unit->Count++;
	ExReleaseSpinLockExclusive(&Unit->Shared, irql);
}

VOID WaitsOrTries(PUNIT Unit, BOOLEAN Wait)
{
	BOOLEAN got = TRUE;

	if (Wait)
		ExAcquireFastMutex(&Unit->Mutex);
	else
		got = ExTryToAcquireFastMutex(&Unit->Mutex);
	if (!got)
		return;
	Unit->Count++;
	ExReleaseFastMutex(&Unit->Mutex);
}

NTSTATUS CopiesUnderMutex(PUNIT Unit, PULONG User)
{
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		ExAcquireFastMutex(&Unit->Mutex);
		__try {
			ProbeForRead(User, sizeof(ULONG), sizeof(ULONG));
			Unit->Count = *User;
		} __finally {
			ExReleaseFastMutex(&Unit->Mutex);
		}
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	return status;
}

/* ---- right: several functions ----------------------------------------------- */

VOID UnitLock(PUNIT Unit)
{
	KIRQL irql;

	KeAcquireSpinLock(&Unit->Paired, &irql);
	Unit->PairedIrql = irql;
}

VOID UnitUnlock(PUNIT Unit)
{
	KeReleaseSpinLock(&Unit->Paired, Unit->PairedIrql);
}

NTSTATUS UsesThePair(PUNIT Unit)
{
	UnitLock(Unit);
	if (Unit->Stopping) {
		UnitUnlock(Unit);
		return STATUS_DELETE_PENDING;
	}
	Unit->Count++;
	UnitUnlock(Unit);
	return STATUS_SUCCESS;
}

BOOLEAN AcquireForLazyWrite(PVOID Context, BOOLEAN Wait)
{
	PUNIT unit = Context;

	KeEnterCriticalRegion();
	if (!ExAcquireResourceSharedLite(&unit->Resource, Wait)) {
		KeLeaveCriticalRegion();
		return FALSE;
	}
	return TRUE;
}

VOID ReleaseFromLazyWrite(PVOID Context)
{
	PUNIT unit = Context;

	ExReleaseResourceLite(&unit->Resource);
	KeLeaveCriticalRegion();
}

static VOID DropAndRetake(PUNIT Unit, PKIRQL Irql)
{
	KeReleaseSpinLock(&Unit->Retaken, *Irql);
	OtherFile(Unit);
	KeAcquireSpinLock(&Unit->Retaken, Irql);
}

VOID UsesDropAndRetake(PUNIT Unit)
{
	KIRQL irql;

	KeAcquireSpinLock(&Unit->Retaken, &irql);
	while (Unit->Count)
		DropAndRetake(Unit, &irql);
	KeReleaseSpinLock(&Unit->Retaken, irql);
}

/* The caller gets the old level, so it is to release the lock: its callers are in another file. */
PRECORD FindRecordLocked(PUNIT Unit, ULONG Key, PKIRQL Irql)
{
	PLIST_ENTRY link;

	KeAcquireSpinLock(&Unit->Found, Irql);
	for (link = Unit->List.Flink; link != &Unit->List; link = link->Flink) {
		PRECORD record = CONTAINING_RECORD(link, RECORD, Link);

		if (record->Key == Key)
			return record; /* ok: win-spinlock-held-on-exit */
	}
	KeReleaseSpinLock(&Unit->Found, *Irql);
	return NULL;
}

/* ---- wrong ------------------------------------------------------------------ */

NTSTATUS ReturnsFromLoop(PUNIT Unit, ULONG Key)
{
	PLIST_ENTRY link;
	KIRQL irql;

	KeAcquireSpinLock(&Unit->Lock, &irql); /* note: win-spinlock-held-on-exit "Unit->Lock is acquired" */
	for (link = Unit->List.Flink; link != &Unit->List; link = link->Flink)
		if (CONTAINING_RECORD(link, RECORD, Link)->Key == Key)
			return STATUS_SUCCESS; /* expect: win-spinlock-held-on-exit "Unit->Lock" */
	KeReleaseSpinLock(&Unit->Lock, irql);
	return STATUS_NOT_FOUND;
}

VOID BreaksUnlocked(PUNIT Unit)
{
	KIRQL irql;

	KeAcquireSpinLock(&Unit->Lock, &irql);
	while (!IsListEmpty(&Unit->List)) {
		RemoveHeadList(&Unit->List);
		KeReleaseSpinLock(&Unit->Lock, irql);
		if (Unit->Stopping)
			break;
		KeAcquireSpinLock(&Unit->Lock, &irql);
	}
	KeReleaseSpinLock(&Unit->Lock, irql); /* expect: win-spinlock-not-held "Unit->Lock" */
}

VOID SwapsLevels(PUNIT Unit)
{
	KIRQL outer, inner;

	KeAcquireSpinLock(&Unit->Lock, &outer);
	KeAcquireSpinLock(&Unit->Peer, &inner);
	KeReleaseSpinLock(&Unit->Peer, outer); /* expect: win-spinlock-oldirql "outer" */
	KeReleaseSpinLock(&Unit->Lock, inner); /* expect: win-spinlock-oldirql "inner" */
}

VOID MixesCancelLevel(PUNIT Unit)
{
	KIRQL irql;

	KeAcquireSpinLock(&Unit->Lock, &irql);
	IoAcquireCancelSpinLock(&irql); /* expect: win-spinlock-oldirql "irql" */
	IoReleaseCancelSpinLock(irql);
	KeReleaseSpinLock(&Unit->Lock, irql);
}

VOID RestoresAnother(PUNIT Unit)
{
	KIRQL irql = PASSIVE_LEVEL, old;

	old = ExAcquireSpinLockExclusive(&Unit->Shared);
	Unit->Count = old;
	ExReleaseSpinLockExclusive(&Unit->Shared, irql); /* expect: win-spinlock-oldirql */
}

VOID ReadsButReleasesWrite(PUNIT Unit, BOOLEAN Write)
{
	KIRQL irql = ExAcquireSpinLockShared(&Unit->Shared);

	if (Write) {
		Unit->Count++;
		ExReleaseSpinLockExclusive(&Unit->Shared, irql); /* expect: win-spinlock-not-held "Unit->Shared" */
	} else {
		ExReleaseSpinLockShared(&Unit->Shared, irql);
	}
}

VOID IgnoresFailedTry(PUNIT Unit)
{
	KIRQL irql = KeRaiseIrqlToDpcLevel();

	if (!KeTryToAcquireSpinLockAtDpcLevel(&Unit->Lock)) /* note: win-spinlock-not-held "fails" */
		Unit->Count++;
	KeReleaseSpinLock(&Unit->Lock, irql); /* expect: win-spinlock-not-held "Unit->Lock" */
}

NTSTATUS QueuedLockLeft(PUNIT Unit)
{
	KLOCK_QUEUE_HANDLE handle;

	KeAcquireInStackQueuedSpinLock(&Unit->Lock, &handle);
	if (Unit->Stopping)
		return STATUS_DELETE_PENDING; /* expect: win-spinlock-held-on-exit "handle" */
	KeReleaseInStackQueuedSpinLock(&handle);
	return STATUS_SUCCESS;
}

/* Two handles, one lock. */
VOID QueuedLockTwice(PUNIT Unit)
{
	KLOCK_QUEUE_HANDLE first, second;

	KeAcquireInStackQueuedSpinLock(&Unit->Lock, &first);
	KeAcquireInStackQueuedSpinLock(&Unit->Lock, &second); /* expect: win-spinlock-double "Unit->Lock" */
	KeReleaseInStackQueuedSpinLock(&second);
	KeReleaseInStackQueuedSpinLock(&first);
}

NTSTATUS FailsInRegion(PUNIT Unit, ULONG Value)
{
	NTSTATUS status;

	KeEnterCriticalRegion();
	status = OtherCheck(Value);
	if (!NT_SUCCESS(status))
		return status; /* expect: win-spinlock-held-on-exit */
	Unit->Count = Value;
	KeLeaveCriticalRegion();
	return status;
}

/* Another file's function may release what it is given, whatever its name says. */
NTSTATUS FailsAfterOtherFile(PUNIT Unit)
{
	NTSTATUS status;
	KIRQL irql;

	KeAcquireSpinLock(&Unit->Lock, &irql);
	status = OtherStep(Unit);
	if (!NT_SUCCESS(status))
		return status; /* expect: win-spinlock-held-on-exit */
	KeReleaseSpinLock(&Unit->Lock, irql);
	return STATUS_SUCCESS;
}

/* The old level dies with this function: nobody can release the lock. */
VOID ReleasesOfAnother(PUNIT Unit, PUNIT Other)
{
	KIRQL irql;

	KeAcquireSpinLock(&Unit->Peer, &irql);
	Unit->Count++;
	KeReleaseSpinLock(&Other->Peer, irql);
} /* expect: win-spinlock-held-on-exit */

static VOID Increment(PUNIT Unit)
{
	KIRQL irql;

	KeAcquireSpinLock(&Unit->Helped, &irql);
	Unit->Count++;
	KeReleaseSpinLock(&Unit->Helped, irql);
}

VOID CallsLockingHelper(PUNIT Unit)
{
	KIRQL irql;

	KeAcquireSpinLock(&Unit->Helped, &irql);
	Increment(Unit); /* expect: win-spinlock-double */
	KeReleaseSpinLock(&Unit->Helped, irql);
}
