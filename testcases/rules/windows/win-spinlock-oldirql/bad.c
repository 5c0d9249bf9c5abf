/* Saved IRQLs that are overwritten, mixed up, missing or shared. */
#include <ntddk.h>

typedef struct _PUMP {
	KSPIN_LOCK Lock;
	KSPIN_LOCK Queue;
	EX_SPIN_LOCK Map;
	ULONG Level;
} PUMP, *PPUMP;

static KIRQL PumpIrql;

/* The inner lock saves DISPATCH_LEVEL over what the outer one saved. */
VOID PumpMove(PPUMP Pump)
{
	KIRQL irql;

	KeAcquireSpinLock(&Pump->Lock, &irql); /* note: win-spinlock-oldirql "Pump->Lock" */
	KeAcquireSpinLock(&Pump->Queue, &irql); /* expect: win-spinlock-oldirql "irql" */
	Pump->Level++;
	KeReleaseSpinLock(&Pump->Queue, irql);
	KeReleaseSpinLock(&Pump->Lock, irql);
}

/* Restored crosswise. */
/* trap: win-spinlock-oldirql hand-over-hand */
VOID PumpCross(PPUMP Pump)
{
	KIRQL outer, inner;

	KeAcquireSpinLock(&Pump->Lock, &outer);
	KeAcquireSpinLock(&Pump->Queue, &inner);
	Pump->Level--;
	KeReleaseSpinLock(&Pump->Queue, outer); /* expect: win-spinlock-oldirql "outer" */
	KeReleaseSpinLock(&Pump->Lock, inner); /* expect: win-spinlock-oldirql "inner" */
}

/* Another processor that runs this function writes the same variable. */
/* trap: win-spinlock-oldirql in-extension */
VOID PumpGlobal(PPUMP Pump)
{
	KeAcquireSpinLock(&Pump->Lock, &PumpIrql); /* expect: win-spinlock-oldirql "PumpIrql" */
	Pump->Level = 0;
	KeReleaseSpinLock(&Pump->Lock, PumpIrql);
}

VOID PumpStatic(PPUMP Pump, ULONG Level)
{
	static KIRQL irql;

	if (Level > 0) {
		irql = ExAcquireSpinLockExclusive(&Pump->Map); /* expect: win-spinlock-oldirql "irql" */
		Pump->Level = Level;
		ExReleaseSpinLockExclusive(&Pump->Map, irql);
	}
}

/* Released with a variable that nothing saved to. */
VOID PumpWrong(PPUMP Pump)
{
	KIRQL irql, saved;

	KeAcquireSpinLock(&Pump->Lock, &irql); /* note: win-spinlock-oldirql "Pump->Lock" */
	Pump->Level++;
	KeReleaseSpinLock(&Pump->Lock, saved); /* expect: win-spinlock-oldirql "saved" */
}

/* The inner lock is taken only sometimes. */
VOID PumpSometimes(PPUMP Pump, BOOLEAN Both)
{
	KIRQL irql;

	irql = ExAcquireSpinLockShared(&Pump->Map); /* note: win-spinlock-oldirql "Pump->Map" */
	if (Both) {
		KeAcquireSpinLock(&Pump->Queue, &irql); /* expect: win-spinlock-oldirql "irql" */
		Pump->Level++;
		KeReleaseSpinLock(&Pump->Queue, irql);
	}
	ExReleaseSpinLockShared(&Pump->Map, irql);
}

/* The error path lowers to a level of its own choice. */
NTSTATUS PumpLimit(PPUMP Pump, ULONG Level)
{
	KIRQL irql;

	KeAcquireSpinLock(&Pump->Lock, &irql);
	if (Level == 0) {
		KeReleaseSpinLock(&Pump->Lock, PASSIVE_LEVEL); /* expect: win-spinlock-oldirql */
		return STATUS_INVALID_PARAMETER;
	}
	Pump->Level = Level;
	KeReleaseSpinLock(&Pump->Lock, irql);
	return STATUS_SUCCESS;
}

/* Entered with the cancel lock held: the level to go back to is in the request. */
DRIVER_CANCEL PumpCancel;

VOID PumpCancel(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	KIRQL irql;

	UNREFERENCED_PARAMETER(DeviceObject);
	IoReleaseCancelSpinLock(irql); /* expect: win-spinlock-oldirql "irql" */
	Irp->IoStatus.Status = STATUS_CANCELLED;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
}
