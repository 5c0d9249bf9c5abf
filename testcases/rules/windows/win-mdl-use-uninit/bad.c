/* MDLs that are mapped before they describe any pages. */
#include <ntddk.h>

#define LASER_TAG 'esaL'

/* The new MDL knows the address only. */
/* trap: win-mdl-use-uninit from-elsewhere */
NTSTATUS LaserPeek(PVOID buffer, ULONG length, PUCHAR first)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL); /* note: win-mdl-use-uninit "mdl" */
	PUCHAR va;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute); /* expect: win-mdl-use-uninit "mdl" */
	if (va != NULL)
		*first = va[0];
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}

/* Mapped first, locked afterwards. */
NTSTATUS LaserOrder(PVOID buffer, ULONG length, PUCHAR first)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);
	NTSTATUS status = STATUS_SUCCESS;
	PUCHAR va;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute); /* expect: win-mdl-use-uninit "mdl" */
	if (va == NULL) {
		IoFreeMdl(mdl);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	*first = va[0];
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
		MmUnlockPages(mdl);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	IoFreeMdl(mdl);
	return status;
}

/* The failed lock only sets the status. */
NTSTATUS LaserFallThrough(PVOID buffer, ULONG length, PUCHAR first)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);
	NTSTATUS status = STATUS_SUCCESS;
	BOOLEAN locked = FALSE;
	PUCHAR va;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
		locked = TRUE;
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute); /* expect: win-mdl-use-uninit "mdl" */
	if (va != NULL)
		*first = va[0];
	if (locked)
		MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return status;
}

/* Locked on one branch only. */
NTSTATUS LaserSometimes(PVOID buffer, ULONG length, BOOLEAN isUser, PUCHAR first)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);
	PUCHAR va;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (isUser) {
		__try {
			MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			IoFreeMdl(mdl);
			return GetExceptionCode();
		}
	}
	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute); /* expect: win-mdl-use-uninit "mdl" */
	if (va != NULL)
		*first = va[0];
	if (isUser)
		MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}

/* The other call that maps; the address goes to the caller. */
NTSTATUS LaserMap(PVOID buffer, ULONG length, PMDL *result, PVOID *address)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	*address = MmMapLockedPagesSpecifyCache(mdl, KernelMode, MmCached, NULL, FALSE, /* expect: win-mdl-use-uninit "mdl" */
						NormalPagePriority | MdlMappingNoExecute);
	if (*address == NULL) {
		IoFreeMdl(mdl);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	*result = mdl;
	return STATUS_SUCCESS;
}

/* Memory of the driver's own, initialised but not locked. */
/* trap: win-mdl-use-uninit partial */
NTSTATUS LaserOwn(PVOID buffer, ULONG length, PUCHAR first)
{
	PMDL mdl = ExAllocatePool2(POOL_FLAG_NON_PAGED, MmSizeOfMdl(buffer, length), LASER_TAG);
	PUCHAR va;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmInitializeMdl(mdl, buffer, length);
	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute); /* expect: win-mdl-use-uninit "mdl" */
	if (va != NULL)
		*first = va[0];
	ExFreePoolWithTag(mdl, LASER_TAG);
	return STATUS_SUCCESS;
}

/* The pages are not locked any more. */
NTSTATUS LaserLate(PVOID buffer, ULONG length, PUCHAR first)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);
	PUCHAR va;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	MmUnlockPages(mdl);
	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute); /* expect: win-mdl-use-uninit "mdl" */
	if (va != NULL)
		*first = va[0];
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}
