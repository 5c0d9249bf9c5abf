/* MDLs that go back to the wrong place. */
#include <ntddk.h>

#define STAMP_TAG 'matS'

/* The pages are never given back. */
/* trap: win-mdl-free-wrong origin-unknown */
NTSTATUS StampPrint(PULONG count)
{
	PHYSICAL_ADDRESS low, high, skip;
	PMDL mdl;

	low.QuadPart = 0;
	high.QuadPart = -1;
	skip.QuadPart = 0;
	mdl = MmAllocatePagesForMdl(low, high, skip, PAGE_SIZE); /* note: win-mdl-free-wrong "mdl" */
	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	*count = MmGetMdlByteCount(mdl);
	IoFreeMdl(mdl); /* expect: win-mdl-free-wrong "mdl" */
	return STATUS_SUCCESS;
}

/* Only the description goes, the pages stay. */
NTSTATUS StampForget(PULONG count)
{
	PHYSICAL_ADDRESS low, high, skip;
	PMDL mdl;

	low.QuadPart = 0;
	high.QuadPart = -1;
	skip.QuadPart = 0;
	mdl = MmAllocatePagesForMdlEx(low, high, skip, PAGE_SIZE, MmCached, MM_ALLOCATE_FULLY_REQUIRED);
	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	*count = MmGetMdlByteCount(mdl);
	ExFreePool(mdl); /* expect: win-mdl-free-wrong "mdl" */
	return STATUS_SUCCESS;
}

/* IoAllocateMdl may have taken it from a list of its own. */
NTSTATUS StampPool(PVOID table, ULONG length, PULONG count)
{
	PMDL mdl = IoAllocateMdl(table, length, FALSE, FALSE, NULL);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(mdl);
	*count = MmGetMdlByteCount(mdl);
	ExFreePool(mdl); /* expect: win-mdl-free-wrong "mdl" */
	return STATUS_SUCCESS;
}

/* Memory of the driver's own: IoFreeMdl is not for it. */
NTSTATUS StampOwn(PVOID table, ULONG length, PULONG count)
{
	PMDL mdl = ExAllocatePool2(POOL_FLAG_NON_PAGED, MmSizeOfMdl(table, length), STAMP_TAG);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmInitializeMdl(mdl, table, length);
	MmBuildMdlForNonPagedPool(mdl);
	*count = MmGetMdlByteCount(mdl);
	IoFreeMdl(mdl); /* expect: win-mdl-free-wrong "mdl" */
	return STATUS_SUCCESS;
}

/* These pages belong to the buffer. */
NTSTATUS StampBuffer(PVOID table, ULONG length, PULONG count)
{
	PMDL mdl = IoAllocateMdl(table, length, FALSE, FALSE, NULL);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(mdl);
	*count = MmGetMdlByteCount(mdl);
	MmFreePagesFromMdl(mdl); /* expect: win-mdl-free-wrong "mdl" */
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}

/* Right on the long way, wrong on the short one. */
/* trap: win-mdl-free-wrong pages-freed */
NTSTATUS StampShort(PULONG count, ULONG limit)
{
	PHYSICAL_ADDRESS low, high, skip;
	PMDL mdl;
	NTSTATUS status = STATUS_SUCCESS;

	low.QuadPart = 0;
	high.QuadPart = -1;
	skip.QuadPart = 0;
	mdl = MmAllocatePagesForMdlEx(low, high, skip, PAGE_SIZE, MmCached, MM_ALLOCATE_FULLY_REQUIRED);
	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (limit < PAGE_SIZE) {
		status = STATUS_BUFFER_TOO_SMALL;
		goto free;
	}
	*count = MmGetMdlByteCount(mdl);
	MmFreePagesFromMdl(mdl);
	ExFreePool(mdl);
	return status;
free:
	IoFreeMdl(mdl); /* expect: win-mdl-free-wrong "mdl" */
	return status;
}
