/* Mappings that report their failure. */
#include <ntddk.h>

struct organ {
	PMDL Mdl;
	PUCHAR Keys;
};

/* Trap: only an old system has no other form. */
#ifdef _WIN98_
#define ORGAN_ADDRESS(mdl) MmGetSystemAddressForMdl(mdl)
#else
#define ORGAN_ADDRESS(mdl) MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute)
#endif

/* trap: win-mdl-sysaddr-unsafe macro-inside */
NTSTATUS OrganPlay(PMDL mdl, PUCHAR first)
{
	PUCHAR keys = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute); /* ok: win-mdl-sysaddr-unsafe */

	if (keys == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	*first = keys[0];
	return STATUS_SUCCESS;
}

NTSTATUS OrganOpen(struct organ *o)
{
	o->Keys = MmMapLockedPagesSpecifyCache(o->Mdl, KernelMode, MmCached, NULL, FALSE, /* ok: win-mdl-sysaddr-unsafe */
					       NormalPagePriority | MdlMappingNoExecute);
	return o->Keys == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* trap: win-mdl-sysaddr-unsafe outer-macro */
/* trap: win-mdl-sysaddr-unsafe old-system */
NTSTATUS OrganRequest(struct organ *o, PIRP irp)
{
	if (irp->MdlAddress == NULL)
		return STATUS_INVALID_PARAMETER;
	o->Keys = ORGAN_ADDRESS(irp->MdlAddress); /* ok: win-mdl-sysaddr-unsafe */
	return o->Keys == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* Accessors that map nothing. */
ULONG OrganLength(PMDL mdl)
{
	return MmGetMdlByteCount(mdl) - MmGetMdlByteOffset(mdl); /* ok: win-mdl-sysaddr-unsafe */
}
