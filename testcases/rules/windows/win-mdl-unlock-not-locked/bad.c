/* Pages unlocked that are not locked. */
#include <ntddk.h>

#define TAPE_TAG 'epaT'

/* The handler runs because the lock failed. */
/* trap: win-mdl-unlock-not-locked later-exception */
NTSTATUS TapeLock(PVOID buffer, ULONG length)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		MmUnlockPages(mdl); /* expect: win-mdl-unlock-not-locked "mdl" */
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}

/* Unlocked before the jump, and again behind the label. */
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
		MmUnlockPages(mdl); /* note: win-mdl-unlock-not-locked "mdl" */
		status = STATUS_INSUFFICIENT_RESOURCES;
		goto out;
	}
	*first = va[0];
out:
	MmUnlockPages(mdl); /* expect: win-mdl-unlock-not-locked "mdl" */
	return status;
}

/* Nonpaged pool is resident: building its MDL locks nothing. */
/* trap: win-mdl-unlock-not-locked flags-tell */
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
	MmUnlockPages(mdl); /* expect: win-mdl-unlock-not-locked "mdl" */
	IoFreeMdl(mdl);
	ExFreePoolWithTag(table, TAPE_TAG);
	return STATUS_SUCCESS;
}

/* Pages of an MDL of their own are freed, not unlocked. */
NTSTATUS TapePages(PULONG count)
{
	PHYSICAL_ADDRESS low, high, skip;
	PMDL mdl;

	low.QuadPart = 0;
	high.QuadPart = -1;
	skip.QuadPart = 0;
	mdl = MmAllocatePagesForMdl(low, high, skip, PAGE_SIZE);
	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	*count += MmGetMdlByteCount(mdl);
	MmUnlockPages(mdl); /* expect: win-mdl-unlock-not-locked "mdl" */
	MmFreePagesFromMdl(mdl);
	ExFreePool(mdl);
	return STATUS_SUCCESS;
}

/* __finally runs for the failed lock, too. */
NTSTATUS TapeRewind(PMDL mdl)
{
	__try {
		__try {
			MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
		} __finally {
			MmUnlockPages(mdl); /* expect: win-mdl-unlock-not-locked "mdl" */
		}
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

/* The flag is set before the lock has succeeded. */
/* trap: win-mdl-unlock-not-locked locked-flag */
NTSTATUS TapeErase(PMDL mdl)
{
	NTSTATUS status = STATUS_SUCCESS;
	BOOLEAN locked = FALSE;

	__try {
		locked = TRUE;
		MmProbeAndLockPages(mdl, UserMode, IoWriteAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	if (locked)
		MmUnlockPages(mdl); /* expect: win-mdl-unlock-not-locked "mdl" */
	return status;
}

/* Too long a buffer is never locked, but goes through the common exit. */
NTSTATUS TapeSpool(PVOID buffer, ULONG length)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);
	NTSTATUS status = STATUS_SUCCESS;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (length > 64 * PAGE_SIZE) {
		status = STATUS_INVALID_BUFFER_SIZE;
		goto out;
	}
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
out:
	MmUnlockPages(mdl); /* expect: win-mdl-unlock-not-locked "mdl" */
	IoFreeMdl(mdl);
	return status;
}
