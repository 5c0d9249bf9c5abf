/* Saved at DISPATCH_LEVEL or below, restored at the same level. */
#include <ntddk.h>

typedef struct _SCOPE {
	KSPIN_LOCK Lock;
	FAST_MUTEX Mutex;
	double Gain;
	LONG Peak;
} SCOPE, *PSCOPE;

KDEFERRED_ROUTINE ScopeDpc;

/* Trap: a balanced acquire and release in between. */
/* trap: win-fp-irql balanced-lock */
NTSTATUS ScopeUnderLock(PSCOPE Scope, LONG Raw)
{
	KFLOATING_SAVE save;
	NTSTATUS status;
	KIRQL irql;

	status = KeSaveFloatingPointState(&save);
	if (!NT_SUCCESS(status))
		return status;
	KeAcquireSpinLock(&Scope->Lock, &irql);
	Scope->Peak = (LONG)(Raw * Scope->Gain);
	KeReleaseSpinLock(&Scope->Lock, irql);
	KeRestoreFloatingPointState(&save); /* ok: win-fp-irql */
	return STATUS_SUCCESS;
}

/* Both under the lock. */
NTSTATUS ScopeInside(PSCOPE Scope, LONG Raw)
{
	KFLOATING_SAVE save;
	NTSTATUS status;
	KIRQL irql;

	KeAcquireSpinLock(&Scope->Lock, &irql);
	status = KeSaveFloatingPointState(&save);
	if (NT_SUCCESS(status)) {
		Scope->Peak = (LONG)(Raw * Scope->Gain);
		KeRestoreFloatingPointState(&save); /* ok: win-fp-irql */
	}
	KeReleaseSpinLock(&Scope->Lock, irql);
	return status;
}

NTSTATUS ScopeUnderMutex(PSCOPE Scope, double Gain)
{
	KFLOATING_SAVE save;
	NTSTATUS status;

	status = KeSaveFloatingPointState(&save);
	if (!NT_SUCCESS(status))
		return status;
	ExAcquireFastMutex(&Scope->Mutex);
	Scope->Gain = Gain;
	ExReleaseFastMutex(&Scope->Mutex);
	KeRestoreFloatingPointState(&save); /* ok: win-fp-irql */
	return STATUS_SUCCESS;
}

NTSTATUS ScopeRaised(PSCOPE Scope, LONG Raw)
{
	KFLOATING_SAVE save;
	NTSTATUS status;
	KIRQL irql;

	KeRaiseIrql(DISPATCH_LEVEL, &irql);
	status = KeSaveFloatingPointState(&save); /* ok: win-fp-irql */
	if (NT_SUCCESS(status)) {
		Scope->Peak = (LONG)(Raw * Scope->Gain);
		KeRestoreFloatingPointState(&save); /* ok: win-fp-irql */
	}
	KeLowerIrql(irql);
	return status;
}

/* Trap: a DPC runs at DISPATCH_LEVEL, which is not too high. */
VOID ScopeDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PSCOPE scope = Context;
	KFLOATING_SAVE save;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	if (!NT_SUCCESS(KeSaveFloatingPointState(&save))) /* ok: win-fp-irql */
		return;
	KeAcquireSpinLockAtDpcLevel(&scope->Lock);
	scope->Peak = (LONG)(scope->Peak * scope->Gain);
	KeReleaseSpinLockFromDpcLevel(&scope->Lock);
	KeRestoreFloatingPointState(&save); /* ok: win-fp-irql */
}

/* Trap: nothing is known about what the callee does to the level. */
VOID ScopeMeasure(PSCOPE Scope);

/* trap: win-fp-irql callee-unknown */
NTSTATUS ScopeUnknown(PSCOPE Scope)
{
	KFLOATING_SAVE save;
	NTSTATUS status = KeSaveFloatingPointState(&save);

	if (!NT_SUCCESS(status))
		return status;
	ScopeMeasure(Scope);
	KeRestoreFloatingPointState(&save); /* ok: win-fp-irql */
	return STATUS_SUCCESS;
}
