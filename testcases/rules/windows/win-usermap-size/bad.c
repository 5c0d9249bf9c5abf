/* Small pieces of pool, shown to a process with all that is around them. */
#include <ntddk.h>

#define EASEL_TAG 'lesE'

/* trap: win-usermap-size constant-pages */
/* trap: win-usermap-size pages-of-mdl */
NTSTATUS EaselSmall(VOID)
{
	PVOID view, buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, 100, EASEL_TAG); /* note: win-usermap-size "the memory comes from ExAllocatePool2" */
	PMDL mdl;

	if (buffer == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	mdl = IoAllocateMdl(buffer, 100, FALSE, FALSE, NULL);
	if (mdl == NULL) {
		ExFreePoolWithTag(buffer, EASEL_TAG);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	MmBuildMdlForNonPagedPool(mdl);
	__try {
		view = MmMapLockedPagesSpecifyCache(mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority); /* expect: win-usermap-size "whole number of pages" */
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

/* trap: win-usermap-size rounded-size */
NTSTATUS EaselOdd(VOID)
{
	PVOID view, buffer = ExAllocatePoolWithTag(NonPagedPoolNx, PAGE_SIZE + sizeof(ULONG), EASEL_TAG);
	PMDL mdl;

	if (buffer == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	RtlZeroMemory(buffer, PAGE_SIZE + sizeof(ULONG));
	mdl = IoAllocateMdl(buffer, PAGE_SIZE, FALSE, FALSE, NULL);
	if (mdl == NULL) {
		ExFreePoolWithTag(buffer, EASEL_TAG);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	MmBuildMdlForNonPagedPool(mdl);
	__try {
		view = MmMapLockedPagesSpecifyCache(mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority); /* expect: win-usermap-size "buffer" */
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
