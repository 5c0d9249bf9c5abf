/* Nonpaged pool has a system address already. */
#include <ntddk.h>

#define BELL_TAG 'lleB'

struct bell {
	PMDL Mdl;
	PUCHAR View;
};

NTSTATUS BellCreate(struct bell *b, PVOID table, ULONG length)
{
	PMDL mdl = IoAllocateMdl(table, length, FALSE, FALSE, NULL);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(mdl); /* note: win-mdl-map-nonpaged-system "mdl" */
	b->View = MmMapLockedPagesSpecifyCache(mdl, KernelMode, MmCached, NULL, FALSE, /* expect: win-mdl-map-nonpaged-system "mdl" */
					       NormalPagePriority | MdlMappingNoExecute);
	if (b->View == NULL) {
		IoFreeMdl(mdl);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	b->Mdl = mdl;
	return STATUS_SUCCESS;
}

/* Through the field of the device. */
NTSTATUS BellRing(struct bell *b, PVOID table, ULONG length)
{
	b->Mdl = IoAllocateMdl(table, length, FALSE, FALSE, NULL);
	if (b->Mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(b->Mdl);
	b->View = MmMapLockedPagesSpecifyCache(b->Mdl, KernelMode, MmCached, NULL, FALSE, /* expect: win-mdl-map-nonpaged-system "b->Mdl" */
					       NormalPagePriority | MdlMappingNoExecute);
	return b->View == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* An MDL in memory of the driver's own. */
/* trap: win-mdl-map-nonpaged-system rebuilt */
NTSTATUS BellOwn(struct bell *b, PVOID table, ULONG length)
{
	PMDL mdl = ExAllocatePool2(POOL_FLAG_NON_PAGED, MmSizeOfMdl(table, length), BELL_TAG);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmInitializeMdl(mdl, table, length);
	MmBuildMdlForNonPagedPool(mdl);
	b->View = MmMapLockedPagesSpecifyCache(mdl, KernelMode, MmCached, NULL, FALSE, /* expect: win-mdl-map-nonpaged-system "mdl" */
					       NormalPagePriority | MdlMappingNoExecute);
	if (b->View == NULL) {
		ExFreePoolWithTag(mdl, BELL_TAG);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	b->Mdl = mdl;
	return STATUS_SUCCESS;
}

/* One of two branches built it. */
NTSTATUS BellChoose(struct bell *b, PMDL mdl, BOOLEAN resident)
{
	if (resident)
		MmBuildMdlForNonPagedPool(mdl);
	b->View = MmMapLockedPagesSpecifyCache(mdl, KernelMode, MmCached, NULL, FALSE, /* expect: win-mdl-map-nonpaged-system "mdl" */
					       NormalPagePriority | MdlMappingNoExecute);
	if (b->View == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	b->Mdl = mdl;
	return STATUS_SUCCESS;
}

/* The mode travels through a variable whose value is known. */
/* trap: win-mdl-map-nonpaged-system mode-unknown */
NTSTATUS BellMode(struct bell *b, PVOID table, ULONG length)
{
	PMDL mdl = IoAllocateMdl(table, length, FALSE, FALSE, NULL);
	KPROCESSOR_MODE mode = KernelMode;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(mdl);
	b->View = MmMapLockedPagesSpecifyCache(mdl, mode, MmCached, NULL, FALSE, /* expect: win-mdl-map-nonpaged-system "mdl" */
					       NormalPagePriority | MdlMappingNoExecute);
	if (b->View == NULL) {
		IoFreeMdl(mdl);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	b->Mdl = mdl;
	return STATUS_SUCCESS;
}
