/* Mappings that take the whole system down when they fail. */
#include <ntddk.h>

#define ORGAN_ADDRESS(irp) MmGetSystemAddressForMdl((irp)->MdlAddress)

struct organ {
	PMDL Mdl;
	PUCHAR Keys;
};

/* trap: win-mdl-sysaddr-unsafe old-system */
NTSTATUS OrganPlay(PMDL mdl, PUCHAR first)
{
	PUCHAR keys = MmGetSystemAddressForMdl(mdl); /* expect: win-mdl-sysaddr-unsafe */ /* note: win-mdl-sysaddr-unsafe "MmGetSystemAddressForMdl stops the system" */

	if (keys == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	*first = keys[0];
	return STATUS_SUCCESS;
}

/* In the argument of a call, named as it is written. */
/* trap: win-mdl-sysaddr-unsafe macro-inside */
NTSTATUS OrganClear(PMDL mdl)
{
	RtlZeroMemory(MmGetSystemAddressForMdl(mdl), MmGetMdlByteCount(mdl)); /* expect: win-mdl-sysaddr-unsafe "MmGetSystemAddressForMdl stops" */
	return STATUS_SUCCESS;
}

/* The older call below it. */
NTSTATUS OrganOpen(struct organ *o)
{
	o->Keys = MmMapLockedPages(o->Mdl, KernelMode); /* expect: win-mdl-sysaddr-unsafe */
	return o->Keys == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* Behind a macro of the driver's own. */
/* trap: win-mdl-sysaddr-unsafe outer-macro */
NTSTATUS OrganRequest(struct organ *o, PIRP irp)
{
	if (irp->MdlAddress == NULL)
		return STATUS_INVALID_PARAMETER;
	o->Keys = ORGAN_ADDRESS(irp); /* expect: win-mdl-sysaddr-unsafe */
	return STATUS_SUCCESS;
}

/* On one branch. */
NTSTATUS OrganChoose(struct organ *o, BOOLEAN must)
{
	if (must)
		o->Keys = MmGetSystemAddressForMdl(o->Mdl); /* expect: win-mdl-sysaddr-unsafe */
	else
		o->Keys = MmGetSystemAddressForMdlSafe(o->Mdl, NormalPagePriority | MdlMappingNoExecute);
	return o->Keys == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}
