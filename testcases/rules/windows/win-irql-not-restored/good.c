/* Lowered on every path, or meant to return at another level. */
#include <ntddk.h>

typedef struct _SKYLIGHT {
	KSPIN_LOCK Lock;
	ULONG Angle;
	BOOLEAN Jammed;
} SKYLIGHT, *PSKYLIGHT;

NTSTATUS SkylightOpen(PSKYLIGHT Skylight)
{
	NTSTATUS status = STATUS_DEVICE_BUSY;
	KIRQL irql;

	KeRaiseIrql(DISPATCH_LEVEL, &irql);
	if (!Skylight->Jammed) {
		Skylight->Angle = 90;
		status = STATUS_SUCCESS;
	}
	KeLowerIrql(irql);
	return status; /* ok: win-irql-not-restored */
}

/* Trap: a pair of functions, one for each half. */
/* trap: win-irql-not-restored helper-pair */
KIRQL SkylightEnter(PSKYLIGHT Skylight)
{
	KIRQL irql;

	KeRaiseIrql(DISPATCH_LEVEL, &irql);
	Skylight->Angle++;
	return irql; /* ok: win-irql-not-restored */
}

VOID SkylightLeave(PSKYLIGHT Skylight, KIRQL Irql)
{
	Skylight->Angle--;
	KeLowerIrql(Irql);
}

/* Trap: it says that it returns at a raised level. */
_IRQL_raises_(DISPATCH_LEVEL)
_IRQL_saves_
KIRQL SkylightRaise(PSKYLIGHT Skylight)
{
	Skylight->Angle++;
	return KeRaiseIrqlToDpcLevel(); /* ok: win-irql-not-restored */
}

/* Trap: raised only on the path that lowers it. */
/* trap: win-irql-not-restored same-condition */
_IRQL_requires_same_
VOID SkylightMaybe(PSKYLIGHT Skylight)
{
	KIRQL irql = PASSIVE_LEVEL;
	BOOLEAN raise = Skylight->Jammed;

	if (raise)
		KeRaiseIrql(DISPATCH_LEVEL, &irql);
	Skylight->Angle++;
	if (raise)
		KeLowerIrql(irql);
} /* ok: win-irql-not-restored */

/* Trap: the release of the lock gives the level back with it. */
/* trap: win-irql-not-restored lock-lowers */
NTSTATUS SkylightShift(PSKYLIGHT Skylight)
{
	KIRQL irql;

	KeRaiseIrql(DISPATCH_LEVEL, &irql);
	if (Skylight->Jammed) {
		KeLowerIrql(irql);
		return STATUS_DEVICE_BUSY; /* ok: win-irql-not-restored */
	}
	KeAcquireSpinLockAtDpcLevel(&Skylight->Lock);
	Skylight->Angle++;
	KeReleaseSpinLock(&Skylight->Lock, irql);
	return STATUS_SUCCESS; /* ok: win-irql-not-restored */
}
