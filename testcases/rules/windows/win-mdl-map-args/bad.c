/* Arguments without effect, or with more than was wanted. */
#include <ntddk.h>

struct globe {
	PMDL Mdl;
	PVOID View;
};

static UCHAR GlobeWindow[PAGE_SIZE];

/* An address can be asked for in user space only. */
NTSTATUS GlobeAt(struct globe *g)
{
	g->View = MmMapLockedPagesSpecifyCache(g->Mdl, KernelMode, MmCached, GlobeWindow, FALSE, NormalPagePriority | MdlMappingNoExecute); /* expect: win-mdl-map-args */
	return g->View == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* The pages of a buffer have a cache type, and keep it. */
/* trap: win-mdl-map-args new-pages */
NTSTATUS GlobeLocked(PMDL mdl, PUCHAR first)
{
	PUCHAR view;

	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	view = MmMapLockedPagesSpecifyCache(mdl, KernelMode, MmNonCached, NULL, FALSE, NormalPagePriority | MdlMappingNoExecute); /* expect: win-mdl-map-args */
	if (view != NULL)
		*first = view[0];
	MmUnlockPages(mdl);
	return view == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* User mappings are never executable. */
NTSTATUS GlobeShow(struct globe *g)
{
	__try {
		g->View = MmMapLockedPagesSpecifyCache(g->Mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority | MdlMappingNoExecute); /* expect: win-mdl-map-args */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

/* Data that could be executed. */
/* trap: win-mdl-map-args older-headers */
NTSTATUS GlobeOpen(struct globe *g)
{
	g->View = MmMapLockedPagesSpecifyCache(g->Mdl, KernelMode, MmCached, NULL, FALSE, NormalPagePriority); /* expect: win-mdl-map-args */
	return g->View == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

NTSTATUS GlobeAddress(struct globe *g)
{
	g->View = MmGetSystemAddressForMdlSafe(g->Mdl, HighPagePriority); /* expect: win-mdl-map-args */
	return g->View == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* Memory of the pool is cached. */
/* trap: win-mdl-map-args device-pages */
NTSTATUS GlobeTable(struct globe *g, PVOID table, ULONG length)
{
	PMDL mdl = IoAllocateMdl(table, length, FALSE, FALSE, NULL); /* note: win-mdl-map-args "mdl describes no pages yet" */

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(mdl);
	__try {
		g->View = MmMapLockedPagesSpecifyCache(mdl, UserMode, MmNonCached, NULL, FALSE, NormalPagePriority); /* expect: win-mdl-map-args "cache type" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	g->Mdl = mdl;
	return STATUS_SUCCESS;
}
