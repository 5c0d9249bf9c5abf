/* Pages locked under a handler. */
#include <ntddk.h>

#define DOOR_TRY __try
#define DOOR_CATCH __except (EXCEPTION_EXECUTE_HANDLER)

NTSTATUS DoorLock(PMDL mdl)
{
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess); /* ok: win-mdl-lock-no-seh */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	MmUnlockPages(mdl);
	return STATUS_SUCCESS;
}

/* Trap: __finally inside, __except outside. */
/* trap: win-mdl-lock-no-seh outer-except */
NTSTATUS DoorCount(PMDL mdl, PULONG attempts)
{
	__try {
		__try {
			MmProbeAndLockPages(mdl, UserMode, IoWriteAccess); /* ok: win-mdl-lock-no-seh */
			MmUnlockPages(mdl);
		} __finally {
			*attempts += 1;
		}
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

/* Trap: the helper is called inside a __try, and from nowhere else. */
/* trap: win-mdl-lock-no-seh caller-wraps */
static VOID DoorHelper(PMDL mdl, BOOLEAN writes)
{
	if (writes)
		MmProbeAndLockPages(mdl, UserMode, IoWriteAccess); /* ok: win-mdl-lock-no-seh */
	else
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess); /* ok: win-mdl-lock-no-seh */
	MmUnlockPages(mdl);
}

NTSTATUS DoorCaller(PMDL mdl, BOOLEAN writes)
{
	__try {
		DoorHelper(mdl, writes);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

/* Trap: macros for the keywords. */
/* trap: win-mdl-lock-no-seh own-macros */
NTSTATUS DoorMacro(PMDL mdl)
{
	NTSTATUS status = STATUS_SUCCESS;

	DOOR_TRY {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess); /* ok: win-mdl-lock-no-seh */
		MmUnlockPages(mdl);
	} DOOR_CATCH {
		status = GetExceptionCode();
	}
	return status;
}

/* A handler of its own for the second attempt. */
NTSTATUS DoorRetry(PMDL mdl)
{
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		MmProbeAndLockPages(mdl, UserMode, IoModifyAccess); /* ok: win-mdl-lock-no-seh */
		MmUnlockPages(mdl);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		__try {
			MmProbeAndLockPages(mdl, UserMode, IoReadAccess); /* ok: win-mdl-lock-no-seh */
			MmUnlockPages(mdl);
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			status = GetExceptionCode();
		}
	}
	return status;
}

/* Deep inside the body. */
NTSTATUS DoorAll(PMDL *mdls, ULONG count)
{
	ULONG i;

	__try {
		for (i = 0; i < count; i++) {
			if (mdls[i] == NULL)
				__leave;
			MmProbeAndLockPages(mdls[i], UserMode, IoReadAccess); /* ok: win-mdl-lock-no-seh */
			MmUnlockPages(mdls[i]);
		}
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

/* A handler for both modes. */
/* trap: win-mdl-lock-no-seh kernel-mode */
NTSTATUS DoorMode(PMDL mdl, KPROCESSOR_MODE mode)
{
	__try {
		if (mode == UserMode)
			MmProbeAndLockPages(mdl, UserMode, IoReadAccess); /* ok: win-mdl-lock-no-seh */
		else
			MmProbeAndLockPages(mdl, KernelMode, IoReadAccess); /* ok: win-mdl-lock-no-seh */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	MmUnlockPages(mdl);
	return STATUS_SUCCESS;
}

/* Macros of a library without exceptions. */
#define DOOR_ATTEMPT if (1)
#define DOOR_FAILED else

/* trap: win-mdl-lock-no-seh other-try */
NTSTATUS DoorAttempt(PMDL mdl)
{
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		DOOR_ATTEMPT {
			MmProbeAndLockPages(mdl, UserMode, IoReadAccess); /* ok: win-mdl-lock-no-seh */
			MmUnlockPages(mdl);
		} DOOR_FAILED {
			status = STATUS_UNSUCCESSFUL;
		}
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	return status;
}
