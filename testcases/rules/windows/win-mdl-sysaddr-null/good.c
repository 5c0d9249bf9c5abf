/* System addresses that are tested, or cannot fail, or are not used. */
#include <ntddk.h>

#define PRINTER_TAG 'tnrP'

struct printer {
	PUCHAR Line;
	ULONG Sum;
};

/* trap: win-mdl-sysaddr-null conditional-macro */
NTSTATUS PrinterMark(PMDL mdl)
{
	PUCHAR line = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);

	if (line == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	line[0] = 1; /* ok: win-mdl-sysaddr-null */
	return STATUS_SUCCESS;
}

NTSTATUS PrinterCopy(PIRP irp, PVOID text, ULONG length)
{
	NTSTATUS status = STATUS_SUCCESS;
	PVOID line;

	if (irp->MdlAddress == NULL)
		return STATUS_INVALID_PARAMETER;
	if (MmGetMdlByteCount(irp->MdlAddress) < length)
		return STATUS_BUFFER_TOO_SMALL;
	line = MmGetSystemAddressForMdlSafe(irp->MdlAddress, NormalPagePriority | MdlMappingNoExecute);
	if (line)
		RtlCopyMemory(line, text, length); /* ok: win-mdl-sysaddr-null */
	else
		status = STATUS_INSUFFICIENT_RESOURCES;
	return status;
}

/* Tested in the same expression. */
NTSTATUS PrinterInline(PMDL mdl, PULONG sum)
{
	PUCHAR line;

	if (!(line = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute)) || line[0] == 0) /* ok: win-mdl-sysaddr-null */
		return STATUS_INSUFFICIENT_RESOURCES;
	*sum = line[0]; /* ok: win-mdl-sysaddr-null */
	return STATUS_SUCCESS;
}

/* Trap: an MDL of nonpaged pool has its address from the start. */
/* trap: win-mdl-sysaddr-null nonpaged */
NTSTATUS PrinterTable(PULONG sum)
{
	PUCHAR table = ExAllocatePool2(POOL_FLAG_NON_PAGED, PAGE_SIZE, PRINTER_TAG);
	PUCHAR line;
	PMDL mdl;

	if (table == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	mdl = IoAllocateMdl(table, PAGE_SIZE, FALSE, FALSE, NULL);
	if (mdl == NULL) {
		ExFreePoolWithTag(table, PRINTER_TAG);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	MmBuildMdlForNonPagedPool(mdl);
	line = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
	*sum = line[0]; /* ok: win-mdl-sysaddr-null */
	IoFreeMdl(mdl);
	ExFreePoolWithTag(table, PRINTER_TAG);
	return STATUS_SUCCESS;
}

/* Trap: only compared. */
/* trap: win-mdl-sysaddr-null only-compared */
BOOLEAN PrinterMapped(PMDL mdl)
{
	return MmGetSystemAddressForMdlSafe(mdl, LowPagePriority | MdlMappingNoExecute) != NULL; /* ok: win-mdl-sysaddr-null */
}

/* Stored: whoever uses it tests it. */
VOID PrinterPrepare(struct printer *p, PMDL mdl)
{
	p->Line = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute); /* ok: win-mdl-sysaddr-null */
}

VOID PrinterRun(struct printer *p)
{
	if (p->Line != NULL)
		p->Sum += p->Line[0]; /* ok: win-mdl-sysaddr-null */
}

/* Given back: the caller tests it. */
PVOID PrinterAddress(PMDL mdl)
{
	return MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute); /* ok: win-mdl-sysaddr-null */
}

/* Left before the use. */
NTSTATUS PrinterLeave(PMDL mdl, PULONG sum)
{
	NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;
	PUCHAR line;

	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	__try {
		line = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
		if (line == NULL)
			__leave;
		*sum = line[0]; /* ok: win-mdl-sysaddr-null */
		status = STATUS_SUCCESS;
	} __finally {
		MmUnlockPages(mdl);
	}
	return status;
}
