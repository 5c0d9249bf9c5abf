/* User mappings under a handler. */
#include <ntddk.h>

struct atlas {
	PMDL Mdl;
	PVOID View;
};

NTSTATUS AtlasShow(struct atlas *a)
{
	__try {
		a->View = MmMapLockedPagesSpecifyCache(a->Mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority); /* ok: win-mdl-map-user-no-seh */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		a->View = NULL;
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

/* A system mapping raises nothing. */
NTSTATUS AtlasRead(struct atlas *a)
{
	a->View = MmMapLockedPagesSpecifyCache(a->Mdl, KernelMode, MmCached, NULL, FALSE, /* ok: win-mdl-map-user-no-seh */
					       NormalPagePriority | MdlMappingNoExecute);
	if (a->View == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	return STATUS_SUCCESS;
}

/* Trap: the caller of the helper has the handler. */
/* trap: win-mdl-map-user-no-seh caller-wraps */
static PVOID AtlasHelper(PMDL mdl)
{
	return MmMapLockedPagesSpecifyCache(mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority); /* ok: win-mdl-map-user-no-seh */
}

NTSTATUS AtlasCaller(struct atlas *a)
{
	__try {
		a->View = AtlasHelper(a->Mdl);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		a->View = NULL;
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

/* Trap: the mode is not known. */
/* trap: win-mdl-map-user-no-seh mode-unknown */
NTSTATUS AtlasMode(struct atlas *a, KPROCESSOR_MODE mode)
{
	a->View = MmMapLockedPagesSpecifyCache(a->Mdl, mode, MmCached, NULL, FALSE, /* ok: win-mdl-map-user-no-seh */
					       NormalPagePriority | MdlMappingNoExecute);
	if (a->View == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	return STATUS_SUCCESS;
}

/* __finally inside, __except outside. */
NTSTATUS AtlasTurn(struct atlas *a, PULONG turns)
{
	__try {
		__try {
			a->View = MmMapLockedPagesSpecifyCache(a->Mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority); /* ok: win-mdl-map-user-no-seh */
		} __finally {
			*turns += 1;
		}
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

/* In the handler, with a handler of its own. */
NTSTATUS AtlasRetry(struct atlas *a)
{
	__try {
		a->View = MmMapLockedPagesSpecifyCache(a->Mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority); /* ok: win-mdl-map-user-no-seh */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		__try {
			a->View = MmMapLockedPagesSpecifyCache(a->Mdl, UserMode, MmCached, NULL, FALSE, HighPagePriority); /* ok: win-mdl-map-user-no-seh */
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			return GetExceptionCode();
		}
	}
	return STATUS_SUCCESS;
}
