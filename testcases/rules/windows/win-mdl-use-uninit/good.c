/* MDLs that describe pages when they are mapped. */
#include <ntddk.h>

#define LASER_TAG 'esaL'

struct laser {
	PMDL Mdl;
};

NTSTATUS LaserPeek(PVOID buffer, ULONG length, PUCHAR first)
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
	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute); /* ok: win-mdl-use-uninit */
	if (va != NULL)
		*first = va[0];
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}

/* The status tells whether the lock was had. */
NTSTATUS LaserStatus(PVOID buffer, ULONG length, PUCHAR first)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);
	BOOLEAN locked = FALSE;
	PUCHAR va;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
		locked = TRUE;
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		DbgPrint("laser: buffer not locked\n");
	}
	if (locked) {
		va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute); /* ok: win-mdl-use-uninit */
		if (va != NULL)
			*first = va[0];
		MmUnlockPages(mdl);
	}
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}

/* Built for nonpaged pool. */
NTSTATUS LaserTable(PUCHAR first)
{
	PUCHAR table = ExAllocatePool2(POOL_FLAG_NON_PAGED, PAGE_SIZE, LASER_TAG);
	PUCHAR va;
	PMDL mdl;

	if (table == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	mdl = IoAllocateMdl(table, PAGE_SIZE, FALSE, FALSE, NULL);
	if (mdl == NULL) {
		ExFreePoolWithTag(table, LASER_TAG);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	MmBuildMdlForNonPagedPool(mdl);
	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute); /* ok: win-mdl-use-uninit */
	if (va != NULL)
		*first = va[0];
	IoFreeMdl(mdl);
	ExFreePoolWithTag(table, LASER_TAG);
	return STATUS_SUCCESS;
}

/* Pages allocated with the MDL. */
NTSTATUS LaserPages(VOID)
{
	PHYSICAL_ADDRESS low, high, skip;
	PVOID view;
	PMDL mdl;

	low.QuadPart = 0;
	high.QuadPart = -1;
	skip.QuadPart = 0;
	mdl = MmAllocatePagesForMdl(low, high, skip, PAGE_SIZE);
	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	view = MmMapLockedPagesSpecifyCache(mdl, KernelMode, MmCached, NULL, FALSE, /* ok: win-mdl-use-uninit */
					    NormalPagePriority | MdlMappingNoExecute);
	if (view != NULL) {
		RtlFillMemory(view, PAGE_SIZE, 0x55);
		MmUnmapLockedPages(view, mdl);
	}
	MmFreePagesFromMdl(mdl);
	ExFreePool(mdl);
	return view == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* Trap: what came from elsewhere is taken for locked. */
/* trap: win-mdl-use-uninit from-elsewhere */
NTSTATUS LaserParameter(PMDL mdl, PUCHAR first)
{
	PUCHAR va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute); /* ok: win-mdl-use-uninit */

	if (va == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	*first = va[0];
	return STATUS_SUCCESS;
}

/* Trap: the I/O manager has locked the MDL of a request for direct I/O. */
NTSTATUS LaserRequest(PIRP irp, PUCHAR first)
{
	PUCHAR va;

	if (irp->MdlAddress == NULL)
		return STATUS_INVALID_PARAMETER;
	va = MmGetSystemAddressForMdlSafe(irp->MdlAddress, NormalPagePriority | MdlMappingNoExecute); /* ok: win-mdl-use-uninit */
	if (va == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	*first = va[0];
	return STATUS_SUCCESS;
}

NTSTATUS LaserStored(struct laser *l, PUCHAR first)
{
	PUCHAR va = MmGetSystemAddressForMdlSafe(l->Mdl, NormalPagePriority | MdlMappingNoExecute); /* ok: win-mdl-use-uninit */

	if (va == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	*first = va[0];
	return STATUS_SUCCESS;
}

/* Trap: a partial MDL takes the pages of its source. */
/* trap: win-mdl-use-uninit partial */
NTSTATUS LaserPart(PMDL source, ULONG length, PUCHAR first)
{
	PVOID start = MmGetMdlVirtualAddress(source);
	PMDL part = IoAllocateMdl(start, length, FALSE, FALSE, NULL);
	PUCHAR va;

	if (part == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	IoBuildPartialMdl(source, part, start, length);
	va = MmGetSystemAddressForMdlSafe(part, NormalPagePriority | MdlMappingNoExecute); /* ok: win-mdl-use-uninit */
	if (va != NULL)
		*first = va[0];
	IoFreeMdl(part);
	return va == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* Memory of the driver's own, locked before it is mapped. */
NTSTATUS LaserOwn(PVOID buffer, ULONG length, PUCHAR first)
{
	PMDL mdl = ExAllocatePool2(POOL_FLAG_NON_PAGED, MmSizeOfMdl(buffer, length), LASER_TAG);
	PUCHAR va;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmInitializeMdl(mdl, buffer, length);
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		ExFreePoolWithTag(mdl, LASER_TAG);
		return GetExceptionCode();
	}
	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute); /* ok: win-mdl-use-uninit */
	if (va != NULL)
		*first = va[0];
	MmUnlockPages(mdl);
	ExFreePoolWithTag(mdl, LASER_TAG);
	return STATUS_SUCCESS;
}
