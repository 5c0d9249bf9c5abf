/* Mappings whose failure stops the system. */
#include <ntddk.h>

#define DIAL_MUST_MAP TRUE

struct dial {
	PMDL Mdl;
	PVOID View;
};

/* trap: win-mdl-map-bugcheck user-mode */
NTSTATUS DialOpen(struct dial *d)
{
	d->View = MmMapLockedPagesSpecifyCache(d->Mdl, KernelMode, MmCached, NULL, TRUE, NormalPagePriority | MdlMappingNoExecute); /* expect: win-mdl-map-bugcheck */ /* note: win-mdl-map-bugcheck "the argument BugCheckOnFailure of" */
	return d->View == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* Any number but zero. */
NTSTATUS DialNumber(struct dial *d)
{
	d->View = MmMapLockedPagesSpecifyCache(d->Mdl, KernelMode, MmCached, NULL, 1, NormalPagePriority | MdlMappingNoExecute); /* expect: win-mdl-map-bugcheck */
	return d->View == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* The last two arguments are swapped. */
/* trap: win-mdl-map-bugcheck shifted-arguments */
NTSTATUS DialShifted(struct dial *d)
{
	d->View = MmMapLockedPagesSpecifyCache(d->Mdl, KernelMode, MmCached, NULL, NormalPagePriority, FALSE); /* expect: win-mdl-map-bugcheck */
	return d->View == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* Behind a name. */
/* trap: win-mdl-map-bugcheck unknown-value */
NTSTATUS DialNamed(struct dial *d)
{
	d->View = MmMapLockedPagesSpecifyCache(d->Mdl, KernelMode, MmCached, NULL, DIAL_MUST_MAP, HighPagePriority | MdlMappingNoExecute); /* expect: win-mdl-map-bugcheck */
	return d->View == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* Just this once. */
NTSTATUS DialRetry(struct dial *d)
{
	d->View = MmMapLockedPagesSpecifyCache(d->Mdl, KernelMode, MmCached, NULL, FALSE, LowPagePriority | MdlMappingNoExecute);
	if (d->View == NULL)
		d->View = MmMapLockedPagesSpecifyCache(d->Mdl, KernelMode, MmCached, NULL, TRUE, HighPagePriority | MdlMappingNoExecute); /* expect: win-mdl-map-bugcheck */
	return d->View == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}
