/* MDLs in memory of the driver's own. */
#include <ntddk.h>

#define CRATE_TAG 'tarC'

static MDL crate_shared;

struct crate {
	PMDL Mdl;
};

VOID CrateLocal(PVOID buffer, ULONG length)
{
	MDL mdl;

	MmInitializeMdl(&mdl, buffer, length); /* expect: win-mdl-init-size "mdl has no room for the page numbers" */
	MmBuildMdlForNonPagedPool(&mdl);
}

/* trap: win-mdl-init-size page-array-behind */
VOID CrateShared(PVOID buffer, ULONG length)
{
	MmInitializeMdl(&crate_shared, buffer, length); /* expect: win-mdl-init-size "crate_shared has no room" */
	MmBuildMdlForNonPagedPool(&crate_shared);
}

/* trap: win-mdl-init-size explicit-extra-space */
NTSTATUS CrateHeader(struct crate *c, PVOID buffer, ULONG length)
{
	c->Mdl = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(MDL), CRATE_TAG);
	if (c->Mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmInitializeMdl(c->Mdl, buffer, length); /* expect: win-mdl-init-size "c->Mdl has no room" */
	MmBuildMdlForNonPagedPool(c->Mdl);
	return STATUS_SUCCESS;
}

NTSTATUS CratePaged(struct crate *c, PVOID buffer, ULONG length)
{
	c->Mdl = ExAllocatePoolWithTag(PagedPool, MmSizeOfMdl(buffer, length), CRATE_TAG); /* note: win-mdl-init-size "c->Mdl is allocated here" */
	if (c->Mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmInitializeMdl(c->Mdl, buffer, length); /* expect: win-mdl-init-size "c->Mdl lies in paged pool" */
	MmBuildMdlForNonPagedPool(c->Mdl);
	return STATUS_SUCCESS;
}

/* An array of headers. */
VOID CrateBytes(PVOID buffer)
{
	UCHAR storage[sizeof(MDL)];
	PMDL mdl = (PMDL)storage;

	MmInitializeMdl(mdl, buffer, 100); /* expect: win-mdl-init-size "mdl has no room" */
	MmBuildMdlForNonPagedPool(mdl);
}
