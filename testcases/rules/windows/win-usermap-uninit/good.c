/* Pool memory that is cleared or filled before a process sees it. */
#include <ntddk.h>

#define FRAME_TAG 'marF'

/* trap: win-usermap-uninit filled-before */
NTSTATUS FrameCleared(VOID)
{
	PVOID view, buffer = ExAllocatePoolWithTag(NonPagedPoolNx, PAGE_SIZE, FRAME_TAG);
	PMDL mdl;

	if (buffer == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	RtlZeroMemory(buffer, PAGE_SIZE);
	mdl = IoAllocateMdl(buffer, PAGE_SIZE, FALSE, FALSE, NULL);
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

/* trap: win-usermap-uninit zeroed-by-allocator */
NTSTATUS FrameZeroed(VOID)
{
	PVOID view, buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, PAGE_SIZE, FRAME_TAG);
	PMDL mdl;

	if (buffer == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	mdl = IoAllocateMdl(buffer, PAGE_SIZE, FALSE, FALSE, NULL);
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

NTSTATUS FramePages(VOID)
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
	MmUnmapLockedPages(view, mdl);
	MmFreePagesFromMdl(mdl);
	ExFreePool(mdl);
	return STATUS_SUCCESS;
}
