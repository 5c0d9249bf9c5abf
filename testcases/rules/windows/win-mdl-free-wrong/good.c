/* Back where it came from. */
#include <ntddk.h>

#define STAMP_TAG 'matS'

struct stamp {
	PMDL Mdl;
};

NTSTATUS StampPrint(PULONG count)
{
	PHYSICAL_ADDRESS low, high, skip;
	PMDL mdl;

	low.QuadPart = 0;
	high.QuadPart = -1;
	skip.QuadPart = 0;
	mdl = MmAllocatePagesForMdl(low, high, skip, PAGE_SIZE);
	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	*count = MmGetMdlByteCount(mdl);
	MmFreePagesFromMdl(mdl); /* ok: win-mdl-free-wrong */
	ExFreePool(mdl); /* ok: win-mdl-free-wrong */
	return STATUS_SUCCESS;
}

NTSTATUS StampExtended(PULONG count, ULONG limit)
{
	PHYSICAL_ADDRESS low, high, skip;
	NTSTATUS status = STATUS_SUCCESS;
	PMDL mdl;

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
free:
	MmFreePagesFromMdl(mdl); /* ok: win-mdl-free-wrong */
	ExFreePool(mdl); /* ok: win-mdl-free-wrong */
	return status;
}

NTSTATUS StampPool(PVOID table, ULONG length, PULONG count)
{
	PMDL mdl = IoAllocateMdl(table, length, FALSE, FALSE, NULL);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(mdl);
	*count = MmGetMdlByteCount(mdl);
	IoFreeMdl(mdl); /* ok: win-mdl-free-wrong */
	return STATUS_SUCCESS;
}

NTSTATUS StampOwn(PVOID table, ULONG length, PULONG count)
{
	PMDL mdl = ExAllocatePool2(POOL_FLAG_NON_PAGED, MmSizeOfMdl(table, length), STAMP_TAG);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmInitializeMdl(mdl, table, length);
	MmBuildMdlForNonPagedPool(mdl);
	*count = MmGetMdlByteCount(mdl);
	ExFreePoolWithTag(mdl, STAMP_TAG); /* ok: win-mdl-free-wrong */
	return STATUS_SUCCESS;
}

/* Trap: nobody knows here where the MDL came from. */
/* trap: win-mdl-free-wrong origin-unknown */
VOID StampDispose(PMDL mdl)
{
	IoFreeMdl(mdl); /* ok: win-mdl-free-wrong */
}

VOID StampDisposeOwn(struct stamp *s)
{
	ExFreePoolWithTag(s->Mdl, STAMP_TAG); /* ok: win-mdl-free-wrong */
	s->Mdl = NULL;
}

VOID StampDisposePages(struct stamp *s)
{
	MmFreePagesFromMdl(s->Mdl); /* ok: win-mdl-free-wrong */
	ExFreePool(s->Mdl); /* ok: win-mdl-free-wrong */
	s->Mdl = NULL;
}

/* Either kind, told apart by the same test. */
NTSTATUS StampEither(PVOID table, ULONG length, PULONG count)
{
	PMDL mdl;

	if (table != NULL) {
		mdl = IoAllocateMdl(table, length, FALSE, FALSE, NULL);
	} else {
		PHYSICAL_ADDRESS low, high, skip;

		low.QuadPart = 0;
		high.QuadPart = -1;
		skip.QuadPart = 0;
		mdl = MmAllocatePagesForMdlEx(low, high, skip, length, MmCached, MM_ALLOCATE_FULLY_REQUIRED);
	}
	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	*count = MmGetMdlByteCount(mdl);
	if (table != NULL) {
		IoFreeMdl(mdl); /* ok: win-mdl-free-wrong */
	} else {
		MmFreePagesFromMdl(mdl); /* ok: win-mdl-free-wrong */
		ExFreePool(mdl); /* ok: win-mdl-free-wrong */
	}
	return STATUS_SUCCESS;
}

/* The pages are given back; how the description goes is the lesser matter. */
/* trap: win-mdl-free-wrong pages-freed */
NTSTATUS StampFreed(PULONG count)
{
	PHYSICAL_ADDRESS low, high, skip;
	PMDL mdl;

	low.QuadPart = 0;
	high.QuadPart = -1;
	skip.QuadPart = 0;
	mdl = MmAllocatePagesForMdl(low, high, skip, PAGE_SIZE);
	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	*count = MmGetMdlByteCount(mdl);
	MmFreePagesFromMdl(mdl);
	IoFreeMdl(mdl); /* ok: win-mdl-free-wrong */
	return STATUS_SUCCESS;
}
