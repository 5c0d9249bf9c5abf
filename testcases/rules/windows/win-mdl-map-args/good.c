/* Arguments that mean what they say. */
#include <ntddk.h>

struct globe {
	PMDL Mdl;
	PVOID View;
};

NTSTATUS GlobeOpen(struct globe *g)
{
	g->View = MmMapLockedPagesSpecifyCache(g->Mdl, KernelMode, MmCached, NULL, FALSE, NormalPagePriority | MdlMappingNoExecute); /* ok: win-mdl-map-args */
	return g->View == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

NTSTATUS GlobeAddress(struct globe *g)
{
	g->View = MmGetSystemAddressForMdlSafe(g->Mdl, NormalPagePriority | MdlMappingNoExecute); /* ok: win-mdl-map-args */
	return g->View == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* Read-only for both sides. */
NTSTATUS GlobeReadOnly(struct globe *g)
{
	g->View = MmGetSystemAddressForMdlSafe(g->Mdl, NormalPagePriority | MdlMappingNoWrite | MdlMappingNoExecute); /* ok: win-mdl-map-args */
	return g->View == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

NTSTATUS GlobeShow(struct globe *g)
{
	__try {
		g->View = MmMapLockedPagesSpecifyCache(g->Mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority | MdlMappingNoWrite); /* ok: win-mdl-map-args */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

/* The address wished for, and the one that was given. */
NTSTATUS GlobeWish(struct globe *g, PVOID wanted)
{
	__try {
		g->View = MmMapLockedPagesSpecifyCache(g->Mdl, UserMode, MmCached, wanted, FALSE, NormalPagePriority); /* ok: win-mdl-map-args */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

/* Trap: new pages have no cache type yet, as for a frame buffer. */
/* trap: win-mdl-map-args new-pages */
NTSTATUS GlobeFrame(struct globe *g)
{
	PHYSICAL_ADDRESS low, high, skip;

	low.QuadPart = 0;
	high.QuadPart = -1;
	skip.QuadPart = 0;
	g->Mdl = MmAllocatePagesForMdl(low, high, skip, PAGE_SIZE);
	if (g->Mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	g->View = MmMapLockedPagesSpecifyCache(g->Mdl, KernelMode, MmWriteCombined, NULL, FALSE, NormalPagePriority | MdlMappingNoExecute); /* ok: win-mdl-map-args */
	if (g->View == NULL) {
		MmFreePagesFromMdl(g->Mdl);
		ExFreePool(g->Mdl);
		g->Mdl = NULL;
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	return STATUS_SUCCESS;
}

/* Nothing is known about these pages: they may be of a device. */
/* trap: win-mdl-map-args older-headers */
/* trap: win-mdl-map-args device-pages */
NTSTATUS GlobeDevice(struct globe *g, PMDL mdl, ULONG priority)
{
	g->View = MmMapLockedPagesSpecifyCache(mdl, KernelMode, MmNonCached, NULL, FALSE, priority); /* ok: win-mdl-map-args */
	return g->View == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}
