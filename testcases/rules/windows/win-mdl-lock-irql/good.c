/* Pages locked before the level is raised, or resident ones. */
#include <ntddk.h>

#define KILN_TAG 'nliK'

struct kiln {
	KSPIN_LOCK Lock;
	FAST_MUTEX Mutex;
	PMDL Mdl;
};

VOID KilnCreate(struct kiln *k)
{
	KeInitializeSpinLock(&k->Lock);
	ExInitializeFastMutex(&k->Mutex);
}

NTSTATUS KilnLoad(struct kiln *k, PMDL mdl)
{
	KIRQL irql;

	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess); /* ok: win-mdl-lock-irql */
		MmUnlockPages(mdl);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	KeAcquireSpinLock(&k->Lock, &irql);
	k->Mdl = mdl;
	KeReleaseSpinLock(&k->Lock, irql);
	return STATUS_SUCCESS;
}

/* A fast mutex raises to APC_LEVEL: pages may still come in. */
NTSTATUS KilnMutex(struct kiln *k, PMDL mdl)
{
	NTSTATUS status = STATUS_SUCCESS;

	ExAcquireFastMutex(&k->Mutex);
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess); /* ok: win-mdl-lock-irql */
		MmUnlockPages(mdl);
		k->Mdl = mdl;
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	ExReleaseFastMutex(&k->Mutex);
	return status;
}

/* Trap: nobody knows at what level this helper is called. */
/* trap: win-mdl-lock-irql level-unknown */
NTSTATUS KilnHelper(PMDL mdl)
{
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess); /* ok: win-mdl-lock-irql */
		MmUnlockPages(mdl);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

/* Trap: nonpaged pool never has to be brought in. */
/* trap: win-mdl-lock-irql resident */
NTSTATUS KilnResident(struct kiln *k)
{
	PVOID table = ExAllocatePool2(POOL_FLAG_NON_PAGED, PAGE_SIZE, KILN_TAG);
	NTSTATUS status = STATUS_SUCCESS;
	BOOLEAN locked = FALSE;
	KIRQL irql;
	PMDL mdl;

	if (table == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	mdl = IoAllocateMdl(table, PAGE_SIZE, FALSE, FALSE, NULL);
	if (mdl == NULL) {
		ExFreePoolWithTag(table, KILN_TAG);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	KeAcquireSpinLock(&k->Lock, &irql);
	__try {
		MmProbeAndLockPages(mdl, KernelMode, IoModifyAccess); /* ok: win-mdl-lock-irql */
		locked = TRUE;
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	KeReleaseSpinLock(&k->Lock, irql);
	if (locked)
		MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	ExFreePoolWithTag(table, KILN_TAG);
	return status;
}

/* Trap: raised under a condition, locked under its opposite. */
/* trap: win-mdl-lock-irql conditional-raise */
NTSTATUS KilnConditional(PMDL mdl, BOOLEAN raise)
{
	NTSTATUS status = STATUS_SUCCESS;
	KIRQL irql = PASSIVE_LEVEL;

	if (raise)
		KeRaiseIrql(DISPATCH_LEVEL, &irql);
	if (!raise) {
		__try {
			MmProbeAndLockPages(mdl, UserMode, IoReadAccess); /* ok: win-mdl-lock-irql */
			MmUnlockPages(mdl);
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			status = GetExceptionCode();
		}
	}
	if (raise)
		KeLowerIrql(irql);
	return status;
}

/* Lowered again. */
NTSTATUS KilnLowered(struct kiln *k, PMDL mdl)
{
	KIRQL irql;

	KeRaiseIrql(DISPATCH_LEVEL, &irql);
	k->Mdl = mdl;
	KeLowerIrql(irql);
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess); /* ok: win-mdl-lock-irql */
		MmUnlockPages(mdl);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

/* The level is looked at first. */
NTSTATUS KilnGuard(PMDL mdl)
{
	if (KeGetCurrentIrql() >= DISPATCH_LEVEL)
		return STATUS_UNSUCCESSFUL;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess); /* ok: win-mdl-lock-irql */
		MmUnlockPages(mdl);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}
