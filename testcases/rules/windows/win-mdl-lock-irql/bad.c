/* Pages that may have to come from the disk, locked where nothing can wait for it. */
#include <ntddk.h>

struct kiln {
	KSPIN_LOCK Lock;
	KDPC Dpc;
	PMDL Mdl;
	NTSTATUS Status;
};

KDEFERRED_ROUTINE KilnDpc;

VOID KilnCreate(struct kiln *k)
{
	KeInitializeSpinLock(&k->Lock);
	KeInitializeDpc(&k->Dpc, KilnDpc, k);
}

/* trap: win-mdl-lock-irql resident */
NTSTATUS KilnLoad(struct kiln *k, PMDL mdl)
{
	NTSTATUS status = STATUS_SUCCESS;
	KIRQL irql;

	KeAcquireSpinLock(&k->Lock, &irql);
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess); /* expect: win-mdl-lock-irql */
		MmUnlockPages(mdl);
		k->Mdl = mdl;
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	KeReleaseSpinLock(&k->Lock, irql);
	return status;
}

/* A DPC runs at DISPATCH_LEVEL. */
/* trap: win-mdl-lock-irql level-unknown */
VOID KilnDpc(PKDPC dpc, PVOID context, PVOID argument1, PVOID argument2)
{
	struct kiln *k = context;

	UNREFERENCED_PARAMETER(dpc);
	UNREFERENCED_PARAMETER(argument1);
	UNREFERENCED_PARAMETER(argument2);
	__try {
		MmProbeAndLockPages(k->Mdl, UserMode, IoWriteAccess); /* expect: win-mdl-lock-irql */
		MmUnlockPages(k->Mdl);
		k->Status = STATUS_SUCCESS;
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		k->Status = GetExceptionCode();
	}
}

/* Raised by hand. */
NTSTATUS KilnRaise(PMDL mdl)
{
	NTSTATUS status = STATUS_SUCCESS;
	KIRQL irql;

	KeRaiseIrql(DISPATCH_LEVEL, &irql);
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoModifyAccess); /* expect: win-mdl-lock-irql */
		MmUnlockPages(mdl);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	KeLowerIrql(irql);
	return status;
}

/* Released on one branch only. */
/* trap: win-mdl-lock-irql conditional-raise */
NTSTATUS KilnEarly(struct kiln *k, PMDL mdl, BOOLEAN early)
{
	NTSTATUS status = STATUS_SUCCESS;
	KIRQL irql;

	KeAcquireSpinLock(&k->Lock, &irql);
	k->Mdl = mdl;
	if (early)
		KeReleaseSpinLock(&k->Lock, irql);
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess); /* expect: win-mdl-lock-irql */
		MmUnlockPages(mdl);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	if (!early)
		KeReleaseSpinLock(&k->Lock, irql);
	return status;
}

/* With a queued spin lock, round after round. */
NTSTATUS KilnQueued(struct kiln *k, PMDL *mdls, ULONG count)
{
	KLOCK_QUEUE_HANDLE handle;
	ULONG i;

	for (i = 0; i < count; i++) {
		KeAcquireInStackQueuedSpinLock(&k->Lock, &handle);
		__try {
			MmProbeAndLockPages(mdls[i], UserMode, IoReadAccess); /* expect: win-mdl-lock-irql */
			MmUnlockPages(mdls[i]);
			k->Status = STATUS_SUCCESS;
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			k->Status = GetExceptionCode();
		}
		KeReleaseInStackQueuedSpinLock(&handle);
	}
	return k->Status;
}
