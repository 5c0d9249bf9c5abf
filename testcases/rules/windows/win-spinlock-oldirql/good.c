/* One local variable for each nesting level. */
#include <ntddk.h>

typedef struct _PUMP {
	KSPIN_LOCK Lock;
	KSPIN_LOCK Queue;
	KIRQL SavedIrql;
	struct _PUMP *Next;
	ULONG Level;
} PUMP, *PPUMP;

VOID PumpMove(PPUMP Pump)
{
	KIRQL irql, inner;

	KeAcquireSpinLock(&Pump->Lock, &irql);
	KeAcquireSpinLock(&Pump->Queue, &inner); /* ok: win-spinlock-oldirql */
	Pump->Level++;
	KeReleaseSpinLock(&Pump->Queue, inner);
	KeReleaseSpinLock(&Pump->Lock, irql); /* ok: win-spinlock-oldirql */
}

/* The inner lock needs no variable: the level is DISPATCH_LEVEL already. */
VOID PumpPlain(PPUMP Pump)
{
	KLOCK_QUEUE_HANDLE handle;
	KIRQL irql;

	KeAcquireSpinLock(&Pump->Lock, &irql);
	KeAcquireSpinLockAtDpcLevel(&Pump->Queue); /* ok: win-spinlock-oldirql */
	Pump->Level--;
	KeReleaseSpinLockFromDpcLevel(&Pump->Queue);
	KeReleaseSpinLock(&Pump->Lock, irql); /* ok: win-spinlock-oldirql */
	KeAcquireInStackQueuedSpinLock(&Pump->Queue, &handle);
	Pump->Level = 0;
	KeReleaseInStackQueuedSpinLock(&handle); /* ok: win-spinlock-oldirql */
}

/* Trap: one after the other, not nested. */
VOID PumpTwice(PPUMP Pump)
{
	KIRQL irql;

	KeAcquireSpinLock(&Pump->Lock, &irql);
	Pump->Level = 0;
	KeReleaseSpinLock(&Pump->Lock, irql);
	KeAcquireSpinLock(&Pump->Queue, &irql); /* ok: win-spinlock-oldirql */
	Pump->Level = 1;
	KeReleaseSpinLock(&Pump->Queue, irql); /* ok: win-spinlock-oldirql */
}

/* Trap: kept beside the lock, and protected by it. */
/* trap: win-spinlock-oldirql in-extension */
VOID PumpInExtension(PDEVICE_OBJECT Device)
{
	PPUMP pump = Device->DeviceExtension;

	KeAcquireSpinLock(&pump->Lock, &pump->SavedIrql); /* ok: win-spinlock-oldirql */
	pump->Level++;
	KeReleaseSpinLock(&pump->Lock, pump->SavedIrql); /* ok: win-spinlock-oldirql */
}

VOID PumpBegin(PPUMP Pump)
{
	KIRQL irql;

	KeAcquireSpinLock(&Pump->Lock, &irql);
	Pump->SavedIrql = irql; /* ok: win-spinlock-oldirql */
}

VOID PumpEnd(PPUMP Pump)
{
	KeReleaseSpinLock(&Pump->Lock, Pump->SavedIrql); /* ok: win-spinlock-oldirql */
}

/* Trap: passed by pointer to a pair of helpers. */
static VOID PumpLock(PPUMP Pump, PKIRQL Irql)
{
	KeAcquireSpinLock(&Pump->Queue, Irql); /* ok: win-spinlock-oldirql */
}

static VOID PumpUnlock(PPUMP Pump, KIRQL Irql)
{
	KeReleaseSpinLock(&Pump->Queue, Irql); /* ok: win-spinlock-oldirql */
}

VOID PumpWithHelpers(PPUMP Pump)
{
	KIRQL irql;

	PumpLock(Pump, &irql);
	Pump->Level++;
	PumpUnlock(Pump, irql);
}

/* Trap: a copy of the saved value. */
VOID PumpCopy(PPUMP Pump)
{
	KIRQL irql, saved;

	KeAcquireSpinLock(&Pump->Lock, &irql);
	saved = irql;
	Pump->Level = 2;
	KeReleaseSpinLock(&Pump->Lock, saved); /* ok: win-spinlock-oldirql */
}

/* Trap: released and taken again with the same variable inside a loop. */
VOID PumpBreathe(PPUMP Pump)
{
	KIRQL irql;

	KeAcquireSpinLock(&Pump->Lock, &irql);
	while (Pump->Level > 0) {
		Pump->Level--;
		KeReleaseSpinLock(&Pump->Lock, irql);
		DbgPrint("one less\n");
		KeAcquireSpinLock(&Pump->Lock, &irql); /* ok: win-spinlock-oldirql */
	}
	KeReleaseSpinLock(&Pump->Lock, irql); /* ok: win-spinlock-oldirql */
}

typedef struct _PUMP_LINK {
	KSPIN_LOCK Lock;
	struct _PUMP_LINK *Next;
	ULONG Level;
} PUMP_LINK, *PPUMP_LINK;

/* Hand over hand: the first lock taken is released first, at the inner level, on purpose (trap). */
/* trap: win-spinlock-oldirql hand-over-hand */
VOID PumpHandOver(PPUMP_LINK Pump)
{
	KIRQL outer, inner;

	KeAcquireSpinLock(&Pump->Lock, &outer);
	KeAcquireSpinLock(&Pump->Next->Lock, &inner);
	Pump->Level = 0;
	KeReleaseSpinLock(&Pump->Lock, inner); /* ok: win-spinlock-oldirql */
	Pump->Next->Level++;
	KeReleaseSpinLock(&Pump->Next->Lock, outer); /* ok: win-spinlock-oldirql */
}
