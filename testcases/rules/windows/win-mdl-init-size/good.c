/* MDLs with room for their pages. */
#include <ntddk.h>

#define BIN_TAG ' niB'
#define BIN_PAGES 17

struct bin_mdl {
	MDL Mdl;
	PFN_NUMBER Pages[BIN_PAGES];
};

struct bin {
	PMDL Mdl;
	struct bin_mdl Own;
};

NTSTATUS BinAllocate(struct bin *b, PVOID buffer, ULONG length)
{
	b->Mdl = ExAllocatePoolWithTag(NonPagedPoolNx, MmSizeOfMdl(buffer, length), BIN_TAG);
	if (b->Mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmInitializeMdl(b->Mdl, buffer, length);
	MmBuildMdlForNonPagedPool(b->Mdl);
	return STATUS_SUCCESS;
}

/* trap: win-mdl-init-size page-array-behind */
VOID BinOwn(struct bin *b, PVOID buffer)
{
	struct bin_mdl local;

	MmInitializeMdl(&b->Own.Mdl, buffer, 16 * PAGE_SIZE);
	MmBuildMdlForNonPagedPool(&b->Own.Mdl);
	MmInitializeMdl(&local.Mdl, buffer, 16 * PAGE_SIZE);
	MmBuildMdlForNonPagedPool(&local.Mdl);
}

/* trap: win-mdl-init-size explicit-extra-space */
NTSTATUS BinPage(struct bin *b, PVOID page)
{
	UCHAR storage[sizeof(MDL) + sizeof(PFN_NUMBER)];
	PMDL mdl = (PMDL)storage;

	MmInitializeMdl(mdl, page, PAGE_SIZE);
	MmBuildMdlForNonPagedPool(mdl);
	b->Mdl = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(MDL) + 2 * sizeof(PFN_NUMBER), BIN_TAG);
	if (b->Mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmInitializeMdl(b->Mdl, page, PAGE_SIZE);
	MmBuildMdlForNonPagedPool(b->Mdl);
	return STATUS_SUCCESS;
}
