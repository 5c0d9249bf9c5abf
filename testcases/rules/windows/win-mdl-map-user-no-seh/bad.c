/* User mappings where nothing catches the exception. */
#include <ntddk.h>

struct atlas {
	PMDL Mdl;
	PVOID View;
};

/* The test for NULL is for system mappings. */
/* trap: win-mdl-map-user-no-seh mode-unknown */
NTSTATUS AtlasShow(struct atlas *a)
{
	a->View = MmMapLockedPagesSpecifyCache(a->Mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority); /* expect: win-mdl-map-user-no-seh */ /* note: win-mdl-map-user-no-seh "MmMapLockedPagesSpecifyCache raises an" */
	if (a->View == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	return STATUS_SUCCESS;
}

/* The lock is protected, the mapping is not. */
NTSTATUS AtlasOpen(struct atlas *a, PVOID buffer, ULONG length)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, KernelMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	a->Mdl = mdl;
	a->View = MmMapLockedPagesSpecifyCache(mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority); /* expect: win-mdl-map-user-no-seh */
	return STATUS_SUCCESS;
}

/* __finally is no handler. */
NTSTATUS AtlasTurn(struct atlas *a, PULONG turns)
{
	__try {
		a->View = MmMapLockedPagesSpecifyCache(a->Mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority); /* expect: win-mdl-map-user-no-seh */
	} __finally {
		*turns += 1;
	}
	return STATUS_SUCCESS;
}

/* A smaller wish, in the handler of the bigger one. */
NTSTATUS AtlasRetry(struct atlas *a)
{
	__try {
		a->View = MmMapLockedPagesSpecifyCache(a->Mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		a->View = MmMapLockedPagesSpecifyCache(a->Mdl, UserMode, MmCached, NULL, FALSE, HighPagePriority); /* expect: win-mdl-map-user-no-seh */
	}
	return STATUS_SUCCESS;
}

/* The result is the caller's. */
/* trap: win-mdl-map-user-no-seh caller-wraps */
PVOID AtlasView(PMDL mdl)
{
	return MmMapLockedPagesSpecifyCache(mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority | MdlMappingNoWrite); /* expect: win-mdl-map-user-no-seh */
}
