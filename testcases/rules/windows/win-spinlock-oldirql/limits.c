/* Known gaps. */
#include <ntddk.h>

typedef struct _PUMP {
	KSPIN_LOCK Lock;
	struct _PUMP *Next;
	ULONG Level;
} PUMP, *PPUMP;

/* Hand over hand: the first lock taken is released first, at the inner level, on purpose. */
VOID PumpHandOver(PPUMP Pump)
{
	KIRQL outer, inner;

	KeAcquireSpinLock(&Pump->Lock, &outer);
	KeAcquireSpinLock(&Pump->Next->Lock, &inner);
	Pump->Level = 0;
	KeReleaseSpinLock(&Pump->Lock, inner); /* todo-ok: win-spinlock-oldirql */
	Pump->Next->Level++;
	KeReleaseSpinLock(&Pump->Next->Lock, outer); /* todo-ok: win-spinlock-oldirql */
}

/* The error path lowers to a level of its own choice. */
NTSTATUS PumpLimit(PPUMP Pump, ULONG Level)
{
	KIRQL irql;

	KeAcquireSpinLock(&Pump->Lock, &irql);
	if (Level == 0) {
		KeReleaseSpinLock(&Pump->Lock, PASSIVE_LEVEL); /* todo-expect: win-spinlock-oldirql */
		return STATUS_INVALID_PARAMETER;
	}
	Pump->Level = Level;
	KeReleaseSpinLock(&Pump->Lock, irql);
	return STATUS_SUCCESS;
}
