/* Mappings whose failure is an ordinary one. */
#include <ntddk.h>

struct dial {
	PMDL Mdl;
	PVOID View;
};

/* trap: win-mdl-map-bugcheck shifted-arguments */
NTSTATUS DialOpen(struct dial *d)
{
	d->View = MmMapLockedPagesSpecifyCache(d->Mdl, KernelMode, MmCached, NULL, FALSE, NormalPagePriority | MdlMappingNoExecute); /* ok: win-mdl-map-bugcheck */
	return d->View == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

NTSTATUS DialNumber(struct dial *d)
{
	d->View = MmMapLockedPagesSpecifyCache(d->Mdl, KernelMode, MmCached, NULL, 0, HighPagePriority | MdlMappingNoExecute); /* ok: win-mdl-map-bugcheck */
	return d->View == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* Trap: ignored for a user mapping, which raises. */
/* trap: win-mdl-map-bugcheck user-mode */
NTSTATUS DialShow(struct dial *d)
{
	__try {
		d->View = MmMapLockedPagesSpecifyCache(d->Mdl, UserMode, MmCached, NULL, TRUE, NormalPagePriority); /* ok: win-mdl-map-bugcheck */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

/* Trap: the value is the caller's. */
/* trap: win-mdl-map-bugcheck unknown-value */
NTSTATUS DialChoice(struct dial *d, ULONG must)
{
	d->View = MmMapLockedPagesSpecifyCache(d->Mdl, KernelMode, MmCached, NULL, must, NormalPagePriority | MdlMappingNoExecute); /* ok: win-mdl-map-bugcheck */
	return d->View == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* The Safe macro has no such argument. */
NTSTATUS DialSafe(struct dial *d)
{
	d->View = MmGetSystemAddressForMdlSafe(d->Mdl, NormalPagePriority | MdlMappingNoExecute); /* ok: win-mdl-map-bugcheck */
	return d->View == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}
