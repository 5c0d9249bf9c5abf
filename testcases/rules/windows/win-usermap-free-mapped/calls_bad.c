/* Mapped in one helper, freed in another, and the process still sees it. */
#include <ntddk.h>

#define BOOTH_TAG 'toob'

static NTSTATUS BoothMap(PMDL Mdl, PVOID *View)
{
	__try {
		*View = MmMapLockedPagesSpecifyCache(Mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

static VOID BoothFree(PVOID Buffer)
{
	ExFreePoolWithTag(Buffer, BOOTH_TAG);
}

NTSTATUS BoothTrial(VOID)
{
	PVOID buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, PAGE_SIZE, BOOTH_TAG);
	NTSTATUS status;
	PVOID view;
	PMDL mdl;

	if (buffer == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	mdl = IoAllocateMdl(buffer, PAGE_SIZE, FALSE, FALSE, NULL);
	if (mdl == NULL) {
		BoothFree(buffer);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	MmBuildMdlForNonPagedPool(mdl);
	status = BoothMap(mdl, &view);
	if (!NT_SUCCESS(status)) {
		IoFreeMdl(mdl);
		BoothFree(buffer);
		return status;
	}
	BoothFree(buffer); /* expect: win-usermap-free-mapped */
	MmUnmapLockedPages(view, mdl);
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}
