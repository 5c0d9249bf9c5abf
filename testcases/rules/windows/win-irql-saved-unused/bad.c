/* Locks that raise the IRQL and releases that leave it there. */
#include <ntddk.h>

typedef struct _VALVE {
	KSPIN_LOCK Lock;
	KSPIN_LOCK Queue;
	EX_SPIN_LOCK Map;
	ULONG Level;
} VALVE, *PVALVE;

/* The release is that of a lock taken at dispatch level. */
/* trap: win-irql-saved-unused lowered-later */
VOID ValveOpen(PVALVE Valve)
{
	KIRQL irql;

	KeAcquireSpinLock(&Valve->Lock, &irql); /* note: win-irql-saved-unused "Valve->Lock" */
	Valve->Level++;
	KeReleaseSpinLockFromDpcLevel(&Valve->Lock); /* expect: win-irql-saved-unused "Valve->Lock" */
}

/* Both are left at dispatch level. */
/* trap: win-irql-saved-unused crossed-locks */
VOID ValveMove(PVALVE Valve)
{
	KIRQL irql;

	KeAcquireSpinLock(&Valve->Lock, &irql);
	KeAcquireSpinLockAtDpcLevel(&Valve->Queue);
	Valve->Level--;
	KeReleaseSpinLockFromDpcLevel(&Valve->Queue);
	KeReleaseSpinLockFromDpcLevel(&Valve->Lock); /* expect: win-irql-saved-unused "Valve->Lock" */
}

/* trap: win-irql-saved-unused returned */
VOID ValveEnter(PVALVE Valve)
{
	KeAcquireSpinLockRaiseToDpc(&Valve->Lock); /* expect: win-irql-saved-unused "Valve->Lock" */
}

VOID ValveEnterMap(PVALVE Valve)
{
	ExAcquireSpinLockShared(&Valve->Map); /* expect: win-irql-saved-unused "Valve->Map" */
}

/* Only the error path. */
NTSTATUS ValveLimit(PVALVE Valve, ULONG Level)
{
	KIRQL irql;

	irql = KeAcquireSpinLockRaiseToDpc(&Valve->Lock);
	if (Level == 0) {
		KeReleaseSpinLockFromDpcLevel(&Valve->Lock); /* expect: win-irql-saved-unused "Valve->Lock" */
		return STATUS_INVALID_PARAMETER;
	}
	Valve->Level = Level;
	KeReleaseSpinLock(&Valve->Lock, irql);
	return STATUS_SUCCESS;
}

/* A wait afterwards gives nothing back. */
VOID ValveShut(PVALVE Valve, PKEVENT Shut)
{
	KIRQL irql;

	KeAcquireSpinLock(&Valve->Lock, &irql);
	Valve->Level = 0;
	KeReleaseSpinLockFromDpcLevel(&Valve->Lock); /* expect: win-irql-saved-unused "Valve->Lock" */
	KeWaitForSingleObject(Shut, Executive, KernelMode, FALSE, NULL);
}

/* What is raised and lowered afterwards, by the function or by another, lowers
 * to the level that the lock left. */
static VOID ValveTell(PVALVE Valve)
{
	KIRQL irql;

	IoAcquireCancelSpinLock(&irql);
	Valve->Level++;
	IoReleaseCancelSpinLock(irql);
}

VOID ValveDrain(PVALVE Valve)
{
	KIRQL irql;

	KeAcquireSpinLock(&Valve->Lock, &irql);
	while (Valve->Level) {
		Valve->Level--;
		KeReleaseSpinLockFromDpcLevel(&Valve->Lock); /* expect: win-irql-saved-unused "Valve->Lock" */
		KeAcquireSpinLock(&Valve->Lock, &irql);
	}
	KeReleaseSpinLock(&Valve->Lock, irql);
	ValveTell(Valve);
}
