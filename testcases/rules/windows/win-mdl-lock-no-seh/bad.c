/* Pages locked where nothing catches the exception. */
#include <ntddk.h>

/* trap: win-mdl-lock-no-seh caller-wraps */
NTSTATUS DoorLock(PMDL mdl)
{
	MmProbeAndLockPages(mdl, UserMode, IoReadAccess); /* expect: win-mdl-lock-no-seh */ /* note: win-mdl-lock-no-seh "MmProbeAndLockPages raises an exception" */
	MmUnlockPages(mdl);
	return STATUS_SUCCESS;
}

/* __finally lets the exception pass. */
/* trap: win-mdl-lock-no-seh outer-except */
NTSTATUS DoorCount(PMDL mdl, PULONG attempts)
{
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoWriteAccess); /* expect: win-mdl-lock-no-seh */
	} __finally {
		*attempts += 1;
	}
	MmUnlockPages(mdl);
	return STATUS_SUCCESS;
}

/* A second attempt in the handler is outside its own __try. */
NTSTATUS DoorRetry(PMDL mdl)
{
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoModifyAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess); /* expect: win-mdl-lock-no-seh */
	}
	MmUnlockPages(mdl);
	return STATUS_SUCCESS;
}

/* The probe is protected, the lock behind it is not. */
/* trap: win-mdl-lock-no-seh own-macros */
NTSTATUS DoorProbe(PVOID buffer, ULONG length)
{
	PMDL mdl;

	__try {
		ProbeForRead(buffer, length, 1);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);
	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmProbeAndLockPages(mdl, UserMode, IoReadAccess); /* expect: win-mdl-lock-no-seh */
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}

/* Protected on one branch. */
/* trap: win-mdl-lock-no-seh kernel-mode */
NTSTATUS DoorMode(PMDL mdl, KPROCESSOR_MODE mode)
{
	if (mode == UserMode) {
		__try {
			MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			return GetExceptionCode();
		}
	} else {
		MmProbeAndLockPages(mdl, KernelMode, IoReadAccess); /* expect: win-mdl-lock-no-seh */
	}
	MmUnlockPages(mdl);
	return STATUS_SUCCESS;
}

/* In a loop, with a test that cannot see the failure. */
NTSTATUS DoorAll(PMDL *mdls, ULONG count)
{
	ULONG i;

	for (i = 0; i < count; i++) {
		if (mdls[i] == NULL)
			return STATUS_INVALID_PARAMETER;
		MmProbeAndLockPages(mdls[i], UserMode, IoReadAccess); /* expect: win-mdl-lock-no-seh */
		MmUnlockPages(mdls[i]);
	}
	return STATUS_SUCCESS;
}

/* Macros of a library without exceptions: the block looks like a handler. */
#define DOOR_ATTEMPT if (1)
#define DOOR_FAILED else

/* trap: win-mdl-lock-no-seh other-try */
NTSTATUS DoorAttempt(PMDL mdl)
{
	DOOR_ATTEMPT {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess); /* expect: win-mdl-lock-no-seh */
		MmUnlockPages(mdl);
	} DOOR_FAILED {
		return STATUS_UNSUCCESSFUL;
	}
	return STATUS_SUCCESS;
}
