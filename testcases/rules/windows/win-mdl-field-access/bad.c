/* Drivers that look inside an MDL. */
#include <ntddk.h>

struct canvas {
	PMDL Mdl;
	ULONG Length;
};

ULONG CanvasLength(PMDL mdl)
{
	return mdl->ByteCount; /* expect: win-mdl-field-access "mdl" */ /* note: win-mdl-field-access "mdl->ByteCount is a field of an MDL, which" */
}

/* What MmGetMdlVirtualAddress does. */
/* trap: win-mdl-field-access kernel-macros */
PVOID CanvasAddress(PMDL mdl)
{
	PUCHAR page = mdl->StartVa; /* expect: win-mdl-field-access "mdl" */

	return page + mdl->ByteOffset; /* expect: win-mdl-field-access "mdl" */
}

/* May not be set yet. */
VOID CanvasClear(PMDL mdl)
{
	PVOID va = mdl->MappedSystemVa; /* expect: win-mdl-field-access "mdl" */

	if (va != NULL)
		RtlZeroMemory(va, MmGetMdlByteCount(mdl));
}

/* A shorter MDL by hand. */
VOID CanvasShorten(struct canvas *c)
{
	if (c->Length != 0)
		c->Mdl->ByteCount = c->Length; /* expect: win-mdl-field-access "c->Mdl" */
}

/* Pretends that the MDL is mapped. */
/* trap: win-mdl-field-access flags-read */
VOID CanvasPretend(PMDL mdl, PVOID va)
{
	mdl->MappedSystemVa = va;		 /* expect: win-mdl-field-access "mdl" */
	mdl->MdlFlags |= MDL_MAPPED_TO_SYSTEM_VA; /* expect: win-mdl-field-access "mdl" */
}

/* Of a request. */
NTSTATUS CanvasRequest(PIRP irp, ULONG wanted)
{
	if (irp->MdlAddress == NULL)
		return STATUS_INVALID_PARAMETER;
	if (irp->MdlAddress->ByteCount < wanted) /* expect: win-mdl-field-access "MdlAddress" */
		return STATUS_BUFFER_TOO_SMALL;
	return STATUS_SUCCESS;
}

/* Whose pages are these? */
BOOLEAN CanvasOwner(PMDL mdl)
{
	return mdl->Process == PsGetCurrentProcess(); /* expect: win-mdl-field-access "mdl" */
}

/* The chain is fine, the length is not. */
/* trap: win-mdl-field-access next */
ULONG CanvasChain(PMDL mdl)
{
	ULONG length = 0;

	for (; mdl != NULL; mdl = mdl->Next)
		length += mdl->ByteCount; /* expect: win-mdl-field-access "mdl" */
	return length;
}
