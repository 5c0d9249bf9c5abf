/* Unlocked once, and only what was locked. */
#include <ntddk.h>

#define TAPE_TAG 'epaT'

NTSTATUS TapeLock(PVOID buffer, ULONG length)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	MmUnlockPages(mdl); /* ok: win-mdl-unlock-not-locked */
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}

NTSTATUS TapeRead(PMDL mdl, PUCHAR first)
{
	NTSTATUS status = STATUS_SUCCESS;
	PUCHAR va;

	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
	if (va == NULL) {
		status = STATUS_INSUFFICIENT_RESOURCES;
		goto out;
	}
	*first = va[0];
out:
	MmUnlockPages(mdl); /* ok: win-mdl-unlock-not-locked */
	return status;
}

/* Trap: the flag is set when the lock has succeeded. */
/* trap: win-mdl-unlock-not-locked locked-flag */
NTSTATUS TapeErase(PMDL mdl)
{
	NTSTATUS status = STATUS_SUCCESS;
	BOOLEAN locked = FALSE;

	__try {
		MmProbeAndLockPages(mdl, UserMode, IoWriteAccess);
		locked = TRUE;
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	if (locked)
		MmUnlockPages(mdl); /* ok: win-mdl-unlock-not-locked */
	return status;
}

/* Trap: the exception comes later in the same __try, with the pages locked. */
/* trap: win-mdl-unlock-not-locked later-exception */
NTSTATUS TapeExchange(PMDL mdl, PVOID user, ULONG length)
{
	BOOLEAN locked = FALSE;

	__try {
		MmProbeAndLockPages(mdl, UserMode, IoWriteAccess);
		locked = TRUE;
		ProbeForRead(user, length, 1);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		if (locked)
			MmUnlockPages(mdl); /* ok: win-mdl-unlock-not-locked */
		return GetExceptionCode();
	}
	MmUnlockPages(mdl); /* ok: win-mdl-unlock-not-locked */
	return STATUS_SUCCESS;
}

/* The same with one __try inside the other. */
NTSTATUS TapeVerify(PMDL mdl, PVOID user, ULONG length)
{
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	__try {
		ProbeForRead(user, length, 1);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	MmUnlockPages(mdl); /* ok: win-mdl-unlock-not-locked */
	return status;
}

/* Locked by the caller, as far as can be known here. */
VOID TapeDispose(PMDL mdl)
{
	MmUnlockPages(mdl); /* ok: win-mdl-unlock-not-locked */
	IoFreeMdl(mdl);
}

/* Locked, unlocked and locked again. */
NTSTATUS TapeRetry(PMDL mdl, ULONG rounds)
{
	ULONG i;

	for (i = 0; i < rounds; i++) {
		__try {
			MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			return GetExceptionCode();
		}
		MmUnlockPages(mdl); /* ok: win-mdl-unlock-not-locked */
	}
	return STATUS_SUCCESS;
}

NTSTATUS TapeResident(PULONG sum)
{
	PULONG table = ExAllocatePool2(POOL_FLAG_NON_PAGED, PAGE_SIZE, TAPE_TAG);
	PMDL mdl;

	if (table == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	mdl = IoAllocateMdl(table, PAGE_SIZE, FALSE, FALSE, NULL);
	if (mdl == NULL) {
		ExFreePoolWithTag(table, TAPE_TAG);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	MmBuildMdlForNonPagedPool(mdl);
	*sum += MmGetMdlByteCount(mdl);
	IoFreeMdl(mdl);
	ExFreePoolWithTag(table, TAPE_TAG);
	return STATUS_SUCCESS;
}

/* Trap: the MDL itself says whether its pages are locked. */
/* trap: win-mdl-unlock-not-locked flags-tell */
NTSTATUS TapeRelease(PMDL mdl)
{
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	if (mdl->MdlFlags & MDL_PAGES_LOCKED)
		MmUnlockPages(mdl); /* ok: win-mdl-unlock-not-locked */
	return status; /* ok: win-mdl-unlock-missing */
}
