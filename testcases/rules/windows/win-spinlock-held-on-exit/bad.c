/* Functions that return with a lock held on some path. */
#include <ntddk.h>

typedef struct _METER {
	KSPIN_LOCK Lock;
	KSPIN_LOCK Queue;
	EX_SPIN_LOCK Map;
	FAST_MUTEX Mutex;
	ERESOURCE Resource;
	LIST_ENTRY Samples;
	ULONG Value, Limit;
} METER, *PMETER;

typedef struct _SAMPLE {
	LIST_ENTRY Link;
	ULONG Value;
} SAMPLE, *PSAMPLE;

KDEFERRED_ROUTINE MeterDpc;

/* trap: win-spinlock-held-on-exit helper-pair */
NTSTATUS MeterSet(PMETER Meter, ULONG Value)
{
	KIRQL irql;

	KeAcquireSpinLock(&Meter->Lock, &irql); /* note: win-spinlock-held-on-exit "Meter->Lock" */
	if (Value > Meter->Limit)
		return STATUS_INVALID_PARAMETER; /* expect: win-spinlock-held-on-exit "Meter->Lock" */
	Meter->Value = Value;
	KeReleaseSpinLock(&Meter->Lock, irql);
	return STATUS_SUCCESS;
}

/* Left from inside the loop. */
PSAMPLE MeterFind(PMETER Meter, ULONG Value)
{
	KLOCK_QUEUE_HANDLE QueueHandle;
	PLIST_ENTRY entry;
	PSAMPLE sample;

	KeAcquireInStackQueuedSpinLock(&Meter->Queue, &QueueHandle); /* note: win-spinlock-held-on-exit "Queue" */
	for (entry = Meter->Samples.Flink; entry != &Meter->Samples; entry = entry->Flink) {
		sample = CONTAINING_RECORD(entry, SAMPLE, Link);
		if (sample->Value == Value)
			return sample; /* expect: win-spinlock-held-on-exit "Queue" */
	}
	KeReleaseInStackQueuedSpinLock(&QueueHandle);
	return NULL;
}

/* At DISPATCH_LEVEL already: no IRQL to save, but still a lock to release. */
VOID MeterDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PMETER meter = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	KeAcquireSpinLockAtDpcLevel(&meter->Lock); /* note: win-spinlock-held-on-exit "meter->Lock" */
	if (IsListEmpty(&meter->Samples))
		return; /* expect: win-spinlock-held-on-exit "meter->Lock" */
	meter->Value++;
	KeReleaseSpinLockFromDpcLevel(&meter->Lock);
}

/* The label releases the wrong way round: one path jumps over it. */
NTSTATUS MeterMap(PMETER Meter, ULONG Limit)
{
	NTSTATUS status = STATUS_SUCCESS;
	KIRQL irql;

	irql = ExAcquireSpinLockExclusive(&Meter->Map); /* note: win-spinlock-held-on-exit "Meter->Map" */
	if (Limit == 0) {
		status = STATUS_INVALID_PARAMETER;
		goto Exit;
	}
	if (Limit < Meter->Value) {
		status = STATUS_BUFFER_TOO_SMALL;
		goto Release;
	}
	Meter->Limit = Limit;
Release:
	ExReleaseSpinLockExclusive(&Meter->Map, irql);
Exit:
	return status; /* expect: win-spinlock-held-on-exit "Meter->Map" */
}

/* The flag that decides about the release is not the one that decided about the lock. */
/* trap: win-spinlock-held-on-exit same-condition */
VOID MeterAdd(PMETER Meter, ULONG Value, BOOLEAN Shared, BOOLEAN Last)
{
	KIRQL irql = PASSIVE_LEVEL;

	if (Shared)
		KeAcquireSpinLock(&Meter->Lock, &irql); /* note: win-spinlock-held-on-exit "Meter->Lock" */
	Meter->Value += Value;
	if (Shared && Last)
		KeReleaseSpinLock(&Meter->Lock, irql);
} /* expect: win-spinlock-held-on-exit "Meter->Lock" */

NTSTATUS MeterConfigure(PMETER Meter, ULONG Limit)
{
	ExAcquireFastMutex(&Meter->Mutex); /* note: win-spinlock-held-on-exit "Meter->Mutex" */
	if (Limit == 0)
		return STATUS_INVALID_PARAMETER; /* expect: win-spinlock-held-on-exit "Meter->Mutex" */
	Meter->Limit = Limit;
	ExReleaseFastMutex(&Meter->Mutex);
	return STATUS_SUCCESS;
}

ULONG MeterRead(PMETER Meter)
{
	ULONG value;

	KeEnterCriticalRegion();
	ExAcquireResourceSharedLite(&Meter->Resource, TRUE); /* note: win-spinlock-held-on-exit "Meter->Resource" */
	value = Meter->Value;
	if (value > Meter->Limit) {
		KeLeaveCriticalRegion();
		return 0; /* expect: win-spinlock-held-on-exit "Meter->Resource" */
	}
	ExReleaseResourceLite(&Meter->Resource);
	KeLeaveCriticalRegion();
	return value;
}

/* Left through the exception handler. */
/* trap: win-spinlock-held-on-exit termination-handler */
/* trap: win-spinlock-held-on-exit exception */
NTSTATUS MeterCopy(PMETER Meter, PULONG UserValue)
{
	ExAcquireFastMutex(&Meter->Mutex); /* note: win-spinlock-held-on-exit "Meter->Mutex" */
	__try {
		ProbeForWrite(UserValue, sizeof(ULONG), sizeof(ULONG));
		*UserValue = Meter->Value;
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return STATUS_ACCESS_VIOLATION; /* expect: win-spinlock-held-on-exit "Meter->Mutex" */
	}
	ExReleaseFastMutex(&Meter->Mutex);
	return STATUS_SUCCESS;
}

/* The cancel lock is a spin lock of the whole system. */
/* trap: win-spinlock-held-on-exit cancel-lock */
BOOLEAN MeterDisarm(PIRP Irp)
{
	KIRQL irql;

	IoAcquireCancelSpinLock(&irql); /* note: win-spinlock-held-on-exit */
	if (Irp->Cancel)
		return FALSE; /* expect: win-spinlock-held-on-exit */
	IoSetCancelRoutine(Irp, NULL);
	IoReleaseCancelSpinLock(irql);
	return TRUE;
}
