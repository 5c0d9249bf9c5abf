/* Through the accessors. */
#include <ntddk.h>

struct canvas {
	PMDL Mdl;
	PVOID StartVa;
	ULONG ByteCount;
	ULONG ByteOffset;
};

ULONG CanvasLength(PMDL mdl)
{
	return MmGetMdlByteCount(mdl); /* ok: win-mdl-field-access */
}

PVOID CanvasAddress(PMDL mdl)
{
	return MmGetMdlVirtualAddress(mdl); /* ok: win-mdl-field-access */
}

/* Trap: macros of the kernel look inside. */
/* trap: win-mdl-field-access kernel-macros */
VOID CanvasClear(PMDL mdl)
{
	PVOID va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute); /* ok: win-mdl-field-access */

	if (va != NULL)
		RtlZeroMemory(va, MmGetMdlByteCount(mdl)); /* ok: win-mdl-field-access */
}

VOID CanvasRenew(PMDL mdl)
{
	MmPrepareMdlForReuse(mdl); /* ok: win-mdl-field-access */
}

VOID CanvasInitialise(PMDL mdl, PVOID table, ULONG length)
{
	MmInitializeMdl(mdl, table, length); /* ok: win-mdl-field-access */
	MmBuildMdlForNonPagedPool(mdl);
}

PFN_NUMBER CanvasFirstPage(PMDL mdl)
{
	return MmGetMdlPfnArray(mdl)[0]; /* ok: win-mdl-field-access */
}

/* Trap: the chain of a request is walked by Next. */
/* trap: win-mdl-field-access next */
ULONG CanvasChain(PMDL mdl)
{
	ULONG length = 0;

	for (; mdl != NULL; mdl = mdl->Next) /* ok: win-mdl-field-access */
		length += MmGetMdlByteCount(mdl);
	return length;
}

/* Trap: the flags are read. */
/* trap: win-mdl-field-access flags-read */
BOOLEAN CanvasLocked(PMDL mdl)
{
	return (mdl->MdlFlags & MDL_PAGES_LOCKED) != 0; /* ok: win-mdl-field-access */
}

/* Fields of the same name in a structure of the driver's own. */
VOID CanvasRemember(struct canvas *c, PMDL mdl)
{
	c->Mdl = mdl; /* ok: win-mdl-field-access */
	c->StartVa = MmGetMdlVirtualAddress(mdl); /* ok: win-mdl-field-access */
	c->ByteCount = MmGetMdlByteCount(mdl); /* ok: win-mdl-field-access */
	c->ByteOffset = MmGetMdlByteOffset(mdl); /* ok: win-mdl-field-access */
}
