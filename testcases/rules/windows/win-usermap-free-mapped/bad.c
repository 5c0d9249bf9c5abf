/* Memory freed while a process still sees it. */
#include <ntddk.h>

#define STAGE_TAG 'gatS'

struct stage {
	PVOID Buffer;
	PMDL Mdl;
	PVOID View;
};

/* The right calls in the wrong order. */
NTSTATUS StageTrial(VOID)
{
	PVOID buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, PAGE_SIZE, STAGE_TAG);
	PVOID view;
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
		view = MmMapLockedPagesSpecifyCache(mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority); /* note: win-usermap-free-mapped "mapped" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		ExFreePoolWithTag(buffer, STAGE_TAG);
		return GetExceptionCode();
	}
	ExFreePoolWithTag(buffer, STAGE_TAG); /* expect: win-usermap-free-mapped */
	MmUnmapLockedPages(view, mdl);
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}

/* Pages that came with their MDL. */
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
		MmFreePagesFromMdl(mdl);
		ExFreePool(mdl);
		return GetExceptionCode();
	}
	MmFreePagesFromMdl(mdl); /* expect: win-usermap-free-mapped "mdl" */
	MmUnmapLockedPages(view, mdl);
	ExFreePool(mdl);
	return STATUS_SUCCESS;
}

/* A ladder with its rungs exchanged. */
/* trap: win-usermap-free-mapped unmapped-on-close */
NTSTATUS StageOpen(struct stage *s, ULONG wanted)
{
	NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;
	PVOID buffer, view;
	PMDL mdl;

	buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, PAGE_SIZE, STAGE_TAG);
	if (buffer == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	mdl = IoAllocateMdl(buffer, PAGE_SIZE, FALSE, FALSE, NULL);
	if (mdl == NULL) {
		ExFreePoolWithTag(buffer, STAGE_TAG);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	MmBuildMdlForNonPagedPool(mdl);
	__try {
		view = MmMapLockedPagesSpecifyCache(mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		ExFreePoolWithTag(buffer, STAGE_TAG);
		return GetExceptionCode();
	}
	if (wanted > PAGE_SIZE) {
		status = STATUS_INVALID_BUFFER_SIZE;
		goto free;
	}
	s->Buffer = buffer;
	s->Mdl = mdl;
	s->View = view;
	return STATUS_SUCCESS;
free:
	ExFreePoolWithTag(buffer, STAGE_TAG); /* expect: win-usermap-free-mapped */
	MmUnmapLockedPages(view, mdl);
	IoFreeMdl(mdl);
	return status;
}

/* In __finally. */
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
		ExFreePoolWithTag(buffer, STAGE_TAG); /* expect: win-usermap-free-mapped */
		if (view != NULL)
			MmUnmapLockedPages(view, mdl);
		IoFreeMdl(mdl);
	}
	return status;
}

/* By another name. */
/* trap: win-usermap-free-mapped alias */
NTSTATUS StageAlias(struct stage *s)
{
	PUCHAR lines = ExAllocatePool2(POOL_FLAG_NON_PAGED, 2 * PAGE_SIZE, STAGE_TAG);
	PVOID buffer = lines, view;
	PMDL mdl;

	if (lines == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	mdl = IoAllocateMdl(buffer, 2 * PAGE_SIZE, FALSE, FALSE, NULL);
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
	s->View = view;
	s->Mdl = mdl;
	ExFreePoolWithTag(lines, STAGE_TAG); /* expect: win-usermap-free-mapped */
	return STATUS_SUCCESS;
}
