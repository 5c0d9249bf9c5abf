/* Pool memory that a process sees as it was. */
#include <ntddk.h>

#define EASEL_TAG 'lesE'

/* trap: win-usermap-uninit zeroed-by-allocator */
NTSTATUS EaselTrial(VOID)
{
	PVOID view, buffer = ExAllocatePoolWithTag(NonPagedPoolNx, PAGE_SIZE, EASEL_TAG); /* note: win-usermap-uninit "ExAllocatePoolWithTag" */
	PMDL mdl;

	if (buffer == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	mdl = IoAllocateMdl(buffer, PAGE_SIZE, FALSE, FALSE, NULL);
	if (mdl == NULL) {
		ExFreePoolWithTag(buffer, EASEL_TAG);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	MmBuildMdlForNonPagedPool(mdl);
	__try {
		view = MmMapLockedPagesSpecifyCache(mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority); /* expect: win-usermap-uninit "buffer" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		ExFreePoolWithTag(buffer, EASEL_TAG);
		return GetExceptionCode();
	}
	MmUnmapLockedPages(view, mdl);
	IoFreeMdl(mdl);
	ExFreePoolWithTag(buffer, EASEL_TAG);
	return STATUS_SUCCESS;
}

/* Filled when the process sees it already. */
/* trap: win-usermap-uninit filled-before */
NTSTATUS EaselLate(VOID)
{
	PVOID view, buffer = ExAllocatePoolWithTag(NonPagedPoolNx, 4 * PAGE_SIZE, EASEL_TAG);
	PMDL mdl;

	if (buffer == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	mdl = IoAllocateMdl(buffer, 4 * PAGE_SIZE, FALSE, FALSE, NULL);
	if (mdl == NULL) {
		ExFreePoolWithTag(buffer, EASEL_TAG);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	MmBuildMdlForNonPagedPool(mdl);
	__try {
		view = MmMapLockedPagesSpecifyCache(mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority); /* expect: win-usermap-uninit "buffer" */
		RtlZeroMemory(buffer, 4 * PAGE_SIZE);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		ExFreePoolWithTag(buffer, EASEL_TAG);
		return GetExceptionCode();
	}
	MmUnmapLockedPages(view, mdl);
	IoFreeMdl(mdl);
	ExFreePoolWithTag(buffer, EASEL_TAG);
	return STATUS_SUCCESS;
}
