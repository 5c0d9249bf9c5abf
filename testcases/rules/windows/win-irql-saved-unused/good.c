/* Locks that raise the IRQL, and every way of giving it back. */
#include <ntddk.h>

typedef struct _VALVE {
	KSPIN_LOCK Lock;
	KSPIN_LOCK Queue;
	EX_SPIN_LOCK Map;
	ULONG Level;
} VALVE, *PVALVE;

VOID ValveOpen(PVALVE Valve)
{
	KIRQL irql;

	KeAcquireSpinLock(&Valve->Lock, &irql);
	Valve->Level++;
	KeReleaseSpinLock(&Valve->Lock, irql);
}

/* trap: win-irql-saved-unused lowered-later */
VOID ValveClose(PVALVE Valve)
{
	KIRQL irql;

	KeAcquireSpinLock(&Valve->Lock, &irql);
	Valve->Level = 0;
	KeReleaseSpinLockFromDpcLevel(&Valve->Lock);
	KeLowerIrql(irql);
}

/* trap: win-irql-saved-unused crossed-locks */
VOID ValveMove(PVALVE Valve)
{
	KIRQL irql;

	KeAcquireSpinLock(&Valve->Lock, &irql);
	KeAcquireSpinLockAtDpcLevel(&Valve->Queue);
	KeReleaseSpinLockFromDpcLevel(&Valve->Lock);
	Valve->Level--;
	KeReleaseSpinLock(&Valve->Queue, irql);
}

VOID ValveNested(PVALVE Valve)
{
	KIRQL irql;

	KeAcquireSpinLock(&Valve->Lock, &irql);
	KeAcquireSpinLockAtDpcLevel(&Valve->Queue);
	Valve->Level--;
	KeReleaseSpinLockFromDpcLevel(&Valve->Queue);
	KeReleaseSpinLock(&Valve->Lock, irql);
}

/* trap: win-irql-saved-unused returned */
KIRQL ValveEnter(PVALVE Valve)
{
	return KeAcquireSpinLockRaiseToDpc(&Valve->Lock);
}

VOID ValveLeave(PVALVE Valve, KIRQL Irql)
{
	KeReleaseSpinLock(&Valve->Lock, Irql);
}

VOID ValveRaised(PVALVE Valve)
{
	KIRQL irql;

	KeRaiseIrql(DISPATCH_LEVEL, &irql);
	KeAcquireSpinLockAtDpcLevel(&Valve->Lock);
	Valve->Level++;
	KeReleaseSpinLockFromDpcLevel(&Valve->Lock);
	KeLowerIrql(irql);
}

/* The level was raised by hand, and goes back with the lock. */
VOID ValveRaisedLock(PVALVE Valve)
{
	KIRQL irql;

	KeRaiseIrql(DISPATCH_LEVEL, &irql);
	KeAcquireSpinLockAtDpcLevel(&Valve->Lock);
	Valve->Level++;
	KeReleaseSpinLock(&Valve->Lock, irql);
}

VOID ValveMap(PVALVE Valve)
{
	KIRQL irql = ExAcquireSpinLockExclusive(&Valve->Map);

	Valve->Level++;
	ExReleaseSpinLockExclusiveFromDpcLevel(&Valve->Map);
	KeLowerIrql(irql);
}

/* The level was raised before the lock, and goes back after it. */
VOID ValveUnderCancelLock(PVALVE Valve)
{
	KIRQL cancelIrql, irql;

	IoAcquireCancelSpinLock(&cancelIrql);
	KeAcquireSpinLock(&Valve->Lock, &irql);
	Valve->Level++;
	KeReleaseSpinLockFromDpcLevel(&Valve->Lock);
	IoReleaseCancelSpinLock(cancelIrql);
}
