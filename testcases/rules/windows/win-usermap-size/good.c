/* Whole pages. */
#include <ntddk.h>

#define FRAME_TAG 'marF'

/* trap: win-usermap-size constant-pages */
NTSTATUS FrameTwo(VOID)
{
	PVOID view, buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, 2 * PAGE_SIZE, FRAME_TAG);
	PMDL mdl;

	if (buffer == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	mdl = IoAllocateMdl(buffer, 2 * PAGE_SIZE, FALSE, FALSE, NULL);
	if (mdl == NULL) {
		ExFreePoolWithTag(buffer, FRAME_TAG);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	MmBuildMdlForNonPagedPool(mdl);
	__try {
		view = MmMapLockedPagesSpecifyCache(mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		ExFreePoolWithTag(buffer, FRAME_TAG);
		return GetExceptionCode();
	}
	MmUnmapLockedPages(view, mdl);
	IoFreeMdl(mdl);
	ExFreePoolWithTag(buffer, FRAME_TAG);
	return STATUS_SUCCESS;
}

/* trap: win-usermap-size rounded-size */
NTSTATUS FrameRounded(SIZE_T Length)
{
	SIZE_T size = ROUND_TO_PAGES(Length);
	PVOID view, buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, size, FRAME_TAG);
	PMDL mdl;

	if (buffer == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	mdl = IoAllocateMdl(buffer, (ULONG)size, FALSE, FALSE, NULL);
	if (mdl == NULL) {
		ExFreePoolWithTag(buffer, FRAME_TAG);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	MmBuildMdlForNonPagedPool(mdl);
	__try {
		view = MmMapLockedPagesSpecifyCache(mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		ExFreePoolWithTag(buffer, FRAME_TAG);
		return GetExceptionCode();
	}
	MmUnmapLockedPages(view, mdl);
	IoFreeMdl(mdl);
	ExFreePoolWithTag(buffer, FRAME_TAG);
	return STATUS_SUCCESS;
}

/* trap: win-usermap-size pages-of-mdl */
NTSTATUS FramePages(VOID)
{
	PHYSICAL_ADDRESS low, high, skip;
	PVOID view;
	PMDL mdl;

	low.QuadPart = 0;
	high.QuadPart = -1;
	skip.QuadPart = 0;
	mdl = MmAllocatePagesForMdl(low, high, skip, 100);
	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		view = MmMapLockedPagesSpecifyCache(mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		MmFreePagesFromMdl(mdl);
		ExFreePool(mdl);
		return GetExceptionCode();
	}
	MmUnmapLockedPages(view, mdl);
	MmFreePagesFromMdl(mdl);
	ExFreePool(mdl);
	return STATUS_SUCCESS;
}
