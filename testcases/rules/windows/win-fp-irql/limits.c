/* Known gaps: restored at a lower level than saved, or at APC_LEVEL. */
#include <ntddk.h>

typedef struct _SCOPE {
	KSPIN_LOCK Lock;
	FAST_MUTEX Mutex;
	double Gain;
	LONG Peak;
} SCOPE, *PSCOPE;

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
	KeRestoreFloatingPointState(&save); /* todo-expect: win-fp-irql "save" */
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
	KeRestoreFloatingPointState(&save); /* todo-expect: win-fp-irql "save" */
	ExReleaseFastMutex(&Scope->Mutex);
	return STATUS_SUCCESS;
}
