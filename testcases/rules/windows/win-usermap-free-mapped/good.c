/* Unmapped, and then freed. */
#include <ntddk.h>

#define STAGE_TAG 'gatS'

struct stage {
	PVOID Buffer;
	PMDL Mdl;
	PVOID View;
};

NTSTATUS StageTrial(VOID)
{
	PVOID buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, PAGE_SIZE, STAGE_TAG);
	PVOID view;
	PMDL mdl;

	if (buffer == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	mdl = IoAllocateMdl(buffer, PAGE_SIZE, FALSE, FALSE, NULL);
	if (mdl == NULL) {
		ExFreePoolWithTag(buffer, STAGE_TAG); /* ok: win-usermap-free-mapped */
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	MmBuildMdlForNonPagedPool(mdl);
	__try {
		view = MmMapLockedPagesSpecifyCache(mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		ExFreePoolWithTag(buffer, STAGE_TAG); /* ok: win-usermap-free-mapped */
		return GetExceptionCode();
	}
	MmUnmapLockedPages(view, mdl);
	IoFreeMdl(mdl);
	ExFreePoolWithTag(buffer, STAGE_TAG); /* ok: win-usermap-free-mapped */
	return STATUS_SUCCESS;
}

NTSTATUS StagePages(VOID)
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
	__try {
		view = MmMapLockedPagesSpecifyCache(mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		MmFreePagesFromMdl(mdl); /* ok: win-usermap-free-mapped */
		ExFreePool(mdl);
		return GetExceptionCode();
	}
	MmUnmapLockedPages(view, mdl);
	MmFreePagesFromMdl(mdl); /* ok: win-usermap-free-mapped */
	ExFreePool(mdl);
	return STATUS_SUCCESS;
}

/* Trap: mapped until the handle is closed; the memory lives until the driver goes. */
/* trap: win-usermap-free-mapped unmapped-on-close */
NTSTATUS StageOpen(struct stage *s)
{
	PVOID view;

	__try {
		view = MmMapLockedPagesSpecifyCache(s->Mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	s->View = view;
	return STATUS_SUCCESS;
}

VOID StageClose(struct stage *s)
{
	MmUnmapLockedPages(s->View, s->Mdl);
	s->View = NULL;
}

VOID StageRemove(struct stage *s)
{
	IoFreeMdl(s->Mdl);
	ExFreePoolWithTag(s->Buffer, STAGE_TAG); /* ok: win-usermap-free-mapped */
}

/* Trap: other names for the memory and for the view. */
/* trap: win-usermap-free-mapped alias */
NTSTATUS StageAlias(VOID)
{
	PUCHAR lines = ExAllocatePool2(POOL_FLAG_NON_PAGED, PAGE_SIZE, STAGE_TAG);
	PVOID buffer = lines, view, shown;
	PMDL mdl;

	if (lines == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	mdl = IoAllocateMdl(buffer, PAGE_SIZE, FALSE, FALSE, NULL);
	if (mdl == NULL) {
		ExFreePoolWithTag(lines, STAGE_TAG);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	MmBuildMdlForNonPagedPool(mdl);
	__try {
		view = MmMapLockedPagesSpecifyCache(mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		ExFreePoolWithTag(lines, STAGE_TAG);
		return GetExceptionCode();
	}
	shown = view;
	MmUnmapLockedPages(shown, mdl);
	IoFreeMdl(mdl);
	ExFreePoolWithTag(lines, STAGE_TAG); /* ok: win-usermap-free-mapped */
	return STATUS_SUCCESS;
}

/* Freed is another buffer than the one that was mapped. */
NTSTATUS StageScratch(struct stage *s)
{
	PVOID scratch = ExAllocatePool2(POOL_FLAG_NON_PAGED, PAGE_SIZE, STAGE_TAG);
	NTSTATUS status = STATUS_SUCCESS;

	if (scratch == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		s->View = MmMapLockedPagesSpecifyCache(s->Mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	ExFreePoolWithTag(scratch, STAGE_TAG); /* ok: win-usermap-free-mapped */
	return status;
}

NTSTATUS StageFinally(PVOID user, ULONG length)
{
	PVOID buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, PAGE_SIZE, STAGE_TAG);
	NTSTATUS status = STATUS_SUCCESS;
	PVOID view = NULL;
	PMDL mdl;

	if (buffer == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	mdl = IoAllocateMdl(buffer, PAGE_SIZE, FALSE, FALSE, NULL);
	if (mdl == NULL) {
		ExFreePoolWithTag(buffer, STAGE_TAG);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	MmBuildMdlForNonPagedPool(mdl);
	__try {
		__try {
			view = MmMapLockedPagesSpecifyCache(mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
			ProbeForRead(user, length, 1);
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			status = GetExceptionCode();
		}
	} __finally {
		if (view != NULL)
			MmUnmapLockedPages(view, mdl);
		IoFreeMdl(mdl);
		ExFreePoolWithTag(buffer, STAGE_TAG); /* ok: win-usermap-free-mapped */
	}
	return status;
}
