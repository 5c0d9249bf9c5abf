/* Floating-point state restored at another IRQL than it was saved at, or saved too high. */
#include <ntddk.h>

typedef struct _SCOPE {
	KSPIN_LOCK Lock;
	FAST_MUTEX Mutex;
	double Gain;
	LONG Peak;
} SCOPE, *PSCOPE;

KSERVICE_ROUTINE ScopeIsr;

/* trap: win-fp-irql balanced-lock */
NTSTATUS ScopeUnderLock(PSCOPE Scope, LONG Raw)
{
	KFLOATING_SAVE save;
	NTSTATUS status;
	KIRQL irql;

	status = KeSaveFloatingPointState(&save); /* note: win-fp-irql "save" */
	if (!NT_SUCCESS(status))
		return status;
	KeAcquireSpinLock(&Scope->Lock, &irql);
	Scope->Peak = (LONG)(Raw * Scope->Gain);
	KeRestoreFloatingPointState(&save); /* expect: win-fp-irql "save" */
	KeReleaseSpinLock(&Scope->Lock, irql);
	return STATUS_SUCCESS;
}

/* A queued lock, and the restore in the loop that it protects. */
NTSTATUS ScopeLoop(PSCOPE Scope, const LONG *Raw, ULONG Count)
{
	KLOCK_QUEUE_HANDLE handle;
	KFLOATING_SAVE save;
	NTSTATUS status;
	ULONG i;

	status = KeSaveFloatingPointState(&save); /* note: win-fp-irql "save" */
	if (!NT_SUCCESS(status))
		return status;
	KeAcquireInStackQueuedSpinLock(&Scope->Lock, &handle);
	for (i = 0; i < Count; i++) {
		Scope->Peak = (LONG)(Raw[i] * Scope->Gain);
		if (Scope->Peak < 0)
			break;
	}
	KeRestoreFloatingPointState(&save); /* expect: win-fp-irql "save" */
	KeReleaseInStackQueuedSpinLock(&handle);
	return STATUS_SUCCESS;
}

/* Raised by hand; the error path restores before it lowers. */
/* trap: win-fp-irql callee-unknown */
_IRQL_requires_max_(APC_LEVEL)
NTSTATUS ScopeRaised(PSCOPE Scope, LONG Raw)
{
	KFLOATING_SAVE save;
	NTSTATUS status;
	KIRQL irql;

	status = KeSaveFloatingPointState(&save); /* note: win-fp-irql "save" */
	if (!NT_SUCCESS(status))
		return status;
	KeRaiseIrql(DISPATCH_LEVEL, &irql);
	if (Raw < 0) {
		KeRestoreFloatingPointState(&save); /* expect: win-fp-irql "save" */
		KeLowerIrql(irql);
		return STATUS_INVALID_PARAMETER;
	}
	Scope->Peak = (LONG)(Raw * Scope->Gain);
	KeLowerIrql(irql);
	KeRestoreFloatingPointState(&save);
	return STATUS_SUCCESS;
}

/* An interrupt service routine runs above DISPATCH_LEVEL. */
BOOLEAN ScopeIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	PSCOPE scope = Context;
	KFLOATING_SAVE save;

	UNREFERENCED_PARAMETER(Interrupt);
	if (!NT_SUCCESS(KeSaveFloatingPointState(&save))) /* expect: win-fp-irql */
		return FALSE;
	scope->Peak = (LONG)(scope->Peak * scope->Gain);
	KeRestoreFloatingPointState(&save); /* expect: win-fp-irql */
	return TRUE;
}

/* Saved under the lock, restored after it. */
_IRQL_requires_(PASSIVE_LEVEL)
NTSTATUS ScopeAfterLock(PSCOPE Scope, LONG Raw)
{
	KFLOATING_SAVE save;
	NTSTATUS status;
	KIRQL irql;

	KeAcquireSpinLock(&Scope->Lock, &irql);
	status = KeSaveFloatingPointState(&save);
	if (!NT_SUCCESS(status)) {
		KeReleaseSpinLock(&Scope->Lock, irql);
		return status;
	}
	Scope->Peak = (LONG)(Raw * Scope->Gain);
	KeReleaseSpinLock(&Scope->Lock, irql);
	KeRestoreFloatingPointState(&save); /* expect: win-fp-irql "save" */
	return STATUS_SUCCESS;
}

/* A fast mutex raises the level as well, to APC_LEVEL. */
_IRQL_requires_(PASSIVE_LEVEL)
NTSTATUS ScopeUnderMutex(PSCOPE Scope, double Gain)
{
	KFLOATING_SAVE save;
	NTSTATUS status;

	status = KeSaveFloatingPointState(&save);
	if (!NT_SUCCESS(status))
		return status;
	ExAcquireFastMutex(&Scope->Mutex);
	Scope->Gain = Gain;
	KeRestoreFloatingPointState(&save); /* expect: win-fp-irql "save" */
	ExReleaseFastMutex(&Scope->Mutex);
	return STATUS_SUCCESS;
}
