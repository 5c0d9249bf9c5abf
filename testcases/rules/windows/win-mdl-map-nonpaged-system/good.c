/* The system address that is there, or an address for the process. */
#include <ntddk.h>

#define BELL_TAG 'lleB'

struct bell {
	PMDL Mdl;
	PUCHAR View;
};

NTSTATUS BellCreate(struct bell *b, PVOID table, ULONG length)
{
	PMDL mdl = IoAllocateMdl(table, length, FALSE, FALSE, NULL);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(mdl);
	b->View = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute); /* ok: win-mdl-map-nonpaged-system */
	b->Mdl = mdl;
	return STATUS_SUCCESS;
}

NTSTATUS BellShow(struct bell *b, PVOID table, ULONG length)
{
	PMDL mdl = IoAllocateMdl(table, length, FALSE, FALSE, NULL);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(mdl);
	__try {
		b->View = MmMapLockedPagesSpecifyCache(mdl, UserMode, MmCached, NULL, FALSE, /* ok: win-mdl-map-nonpaged-system */
						       NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	b->Mdl = mdl;
	return STATUS_SUCCESS;
}

/* Trap: initialised again for other memory, and locked. */
/* trap: win-mdl-map-nonpaged-system rebuilt */
NTSTATUS BellRebuild(PVOID table, PVOID other, ULONG length, PUCHAR first)
{
	PMDL mdl = ExAllocatePool2(POOL_FLAG_NON_PAGED, MmSizeOfMdl((PVOID)(PAGE_SIZE - 1), length), BELL_TAG);
	PUCHAR view;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmInitializeMdl(mdl, table, length);
	MmBuildMdlForNonPagedPool(mdl);
	*first = MmGetMdlByteCount(mdl) != 0;
	MmInitializeMdl(mdl, other, length);
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		ExFreePoolWithTag(mdl, BELL_TAG);
		return GetExceptionCode();
	}
	view = MmMapLockedPagesSpecifyCache(mdl, KernelMode, MmCached, NULL, FALSE, /* ok: win-mdl-map-nonpaged-system */
					    NormalPagePriority | MdlMappingNoExecute);
	if (view != NULL)
		*first = view[0];
	MmUnlockPages(mdl);
	ExFreePoolWithTag(mdl, BELL_TAG);
	return view == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* Trap: the caller chooses the mode. */
/* trap: win-mdl-map-nonpaged-system mode-unknown */
NTSTATUS BellMode(struct bell *b, PVOID table, ULONG length, KPROCESSOR_MODE mode)
{
	PMDL mdl = IoAllocateMdl(table, length, FALSE, FALSE, NULL);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(mdl);
	__try {
		b->View = MmMapLockedPagesSpecifyCache(mdl, mode, MmCached, NULL, FALSE, NormalPagePriority); /* ok: win-mdl-map-nonpaged-system */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		b->View = NULL;
	}
	if (b->View == NULL) {
		IoFreeMdl(mdl);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	b->Mdl = mdl;
	return STATUS_SUCCESS;
}

/* Locked, not built. */
NTSTATUS BellLocked(PMDL mdl, PUCHAR first)
{
	PUCHAR view;

	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	view = MmMapLockedPagesSpecifyCache(mdl, KernelMode, MmCached, NULL, FALSE, /* ok: win-mdl-map-nonpaged-system */
					    NormalPagePriority | MdlMappingNoExecute);
	if (view != NULL)
		*first = view[0];
	MmUnlockPages(mdl);
	return view == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* Nothing is known of where this MDL came from. */
NTSTATUS BellParameter(struct bell *b, PMDL mdl)
{
	b->View = MmMapLockedPagesSpecifyCache(mdl, KernelMode, MmCached, NULL, FALSE, /* ok: win-mdl-map-nonpaged-system */
					       NormalPagePriority | MdlMappingNoExecute);
	return b->View == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}
