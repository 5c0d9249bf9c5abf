/* System addresses used without a look. */
#include <ntddk.h>

struct label {
	ULONG Length;
	UCHAR Text[60];
};

struct printer {
	PUCHAR Line;
	ULONG Sum;
};

/* trap: win-mdl-sysaddr-null conditional-macro */
NTSTATUS PrinterMark(PMDL mdl)
{
	PUCHAR line = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute); /* note: win-mdl-sysaddr-null "MmGetSystemAddressForMdlSafe" */

	line[0] = 1; /* expect: win-mdl-sysaddr-null "line" */
	return STATUS_SUCCESS;
}

/* The copy dereferences it. */
NTSTATUS PrinterCopy(PIRP irp, PVOID text, ULONG length)
{
	PVOID line;

	if (irp->MdlAddress == NULL)
		return STATUS_INVALID_PARAMETER;
	if (MmGetMdlByteCount(irp->MdlAddress) < length)
		return STATUS_BUFFER_TOO_SMALL;
	line = MmGetSystemAddressForMdlSafe(irp->MdlAddress, NormalPagePriority | MdlMappingNoExecute);
	RtlCopyMemory(line, text, length); /* expect: win-mdl-sysaddr-null "line" */
	return STATUS_SUCCESS;
}

/* Through a structure. */
ULONG PrinterLength(PMDL mdl)
{
	struct label *label = MmGetSystemAddressForMdlSafe(mdl, HighPagePriority | MdlMappingNoExecute);

	return label->Length; /* expect: win-mdl-sysaddr-null "label" */
}

/* The wrong pointer is tested. */
NTSTATUS PrinterWrong(PMDL mdl)
{
	PUCHAR line = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	*line = 0; /* expect: win-mdl-sysaddr-null "line" */
	return STATUS_SUCCESS;
}

/* Tested where it is too late. */
/* trap: win-mdl-sysaddr-null only-compared */
NTSTATUS PrinterLate(PMDL mdl, PULONG sum)
{
	PUCHAR line = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
	ULONG total = line[0]; /* expect: win-mdl-sysaddr-null "line" */

	if (line == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	*sum = total;
	return STATUS_SUCCESS;
}

/* The failure is noted, and ignored. */
NTSTATUS PrinterLog(struct printer *p, PMDL mdl)
{
	p->Line = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
	if (p->Line == NULL)
		DbgPrint("printer: no address\n");
	p->Sum = p->Line[0]; /* expect: win-mdl-sysaddr-null "p->Line" */
	return STATUS_SUCCESS;
}

/* The lock succeeded: the mapping may fail all the same. */
/* trap: win-mdl-sysaddr-null nonpaged */
NTSTATUS PrinterTry(PMDL mdl, ULONG length)
{
	PVOID line;

	__try {
		MmProbeAndLockPages(mdl, UserMode, IoWriteAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	line = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
	RtlZeroMemory(line, length); /* expect: win-mdl-sysaddr-null "line" */
	MmUnlockPages(mdl);
	return STATUS_SUCCESS;
}
