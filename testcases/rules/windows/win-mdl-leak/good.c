/* Freed on every path, or owned by something that lives longer. */
#include <ntddk.h>

struct reader {
	PMDL Mdl;
	ULONG Count;
};

NTSTATUS ReaderFirst(PVOID buffer, ULONG length, PUCHAR first)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);
	NTSTATUS status = STATUS_SUCCESS;
	PUCHAR va;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES; /* ok: win-mdl-leak */
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode(); /* ok: win-mdl-leak */
	}
	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
	if (va == NULL)
		status = STATUS_INSUFFICIENT_RESOURCES;
	else
		*first = va[0];
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return status; /* ok: win-mdl-leak */
}

NTSTATUS ReaderPair(PVOID left, PVOID right, ULONG length, PULONG sum)
{
	NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;
	PMDL first, second = NULL;

	first = IoAllocateMdl(left, length, FALSE, FALSE, NULL);
	if (first == NULL)
		goto done;
	second = IoAllocateMdl(right, length, FALSE, FALSE, NULL);
	if (second == NULL)
		goto done;
	*sum = MmGetMdlByteCount(first) + MmGetMdlByteCount(second);
	status = STATUS_SUCCESS;
done:
	if (second != NULL)
		IoFreeMdl(second);
	if (first != NULL)
		IoFreeMdl(first);
	return status; /* ok: win-mdl-leak */
}

NTSTATUS ReaderPages(SIZE_T length, PULONG count)
{
	PHYSICAL_ADDRESS low, high, skip;
	NTSTATUS status = STATUS_SUCCESS;
	PMDL mdl;

	low.QuadPart = 0;
	high.QuadPart = -1;
	skip.QuadPart = 0;
	mdl = MmAllocatePagesForMdl(low, high, skip, length);
	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (MmGetMdlByteCount(mdl) < length)
		status = STATUS_INSUFFICIENT_RESOURCES;
	else
		*count = MmGetMdlByteCount(mdl) / PAGE_SIZE;
	MmFreePagesFromMdl(mdl);
	ExFreePool(mdl);
	return status; /* ok: win-mdl-leak */
}

/* Trap: with an IRP as the last argument the MDL hangs on the IRP and goes with it. */
/* trap: win-mdl-leak attached */
NTSTATUS ReaderAttach(PIRP request, PVOID buffer, ULONG length)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, request);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(mdl);
	return STATUS_SUCCESS; /* ok: win-mdl-leak */
}

/* Trap: attached by hand. */
NTSTATUS ReaderAssign(PIRP request, PVOID buffer, ULONG length)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(mdl);
	request->MdlAddress = mdl;
	return STATUS_SUCCESS; /* ok: win-mdl-leak */
}

/* Trap: a chain; the second MDL follows the first one on the IRP. */
/* trap: win-mdl-leak chain */
NTSTATUS ReaderChain(PIRP request, PVOID header, ULONG headerLength, PVOID data, ULONG length)
{
	PMDL first = IoAllocateMdl(header, headerLength, FALSE, FALSE, request);
	PMDL second;

	if (first == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(first);
	second = IoAllocateMdl(data, length, TRUE, FALSE, request);
	if (second == NULL)
		return STATUS_INSUFFICIENT_RESOURCES; /* ok: win-mdl-leak */
	MmBuildMdlForNonPagedPool(second);
	return STATUS_SUCCESS; /* ok: win-mdl-leak */
}

/* Trap: stored until the device goes away. */
/* trap: win-mdl-leak stored */
NTSTATUS ReaderOpen(struct reader *r, PVOID table, ULONG length)
{
	PMDL mdl = IoAllocateMdl(table, length, FALSE, FALSE, NULL);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(mdl);
	r->Mdl = mdl;
	r->Count = length;
	return STATUS_SUCCESS; /* ok: win-mdl-leak */
}

VOID ReaderClose(struct reader *r)
{
	IoFreeMdl(r->Mdl);
	r->Mdl = NULL;
}

/* Trap: given to the caller, as the result or through a parameter. */
PMDL ReaderDescribe(PVOID table, ULONG length)
{
	PMDL mdl = IoAllocateMdl(table, length, FALSE, FALSE, NULL);

	if (mdl != NULL)
		MmBuildMdlForNonPagedPool(mdl);
	return mdl; /* ok: win-mdl-leak */
}

NTSTATUS ReaderLock(PVOID buffer, ULONG length, PMDL *result)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);

	*result = NULL;
	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	*result = mdl;
	return STATUS_SUCCESS; /* ok: win-mdl-leak */
}

NTSTATUS ReaderFinally(PVOID buffer, ULONG length, PUCHAR first)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);
	NTSTATUS status = STATUS_SUCCESS;
	BOOLEAN locked = FALSE;
	PUCHAR va;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		__try {
			MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
			locked = TRUE;
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			status = GetExceptionCode();
			__leave;
		}
		va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
		if (va != NULL)
			*first = va[0];
	} __finally {
		if (locked)
			MmUnlockPages(mdl);
		IoFreeMdl(mdl);
	}
	return status; /* ok: win-mdl-leak */
}

NTSTATUS ReaderSegments(PUCHAR buffer, ULONG segments, ULONG limit)
{
	NTSTATUS status = STATUS_SUCCESS;
	ULONG i;

	for (i = 0; i < segments && NT_SUCCESS(status); i++) {
		PMDL mdl = IoAllocateMdl(buffer + i * PAGE_SIZE, PAGE_SIZE, FALSE, FALSE, NULL);

		if (mdl == NULL)
			return STATUS_INSUFFICIENT_RESOURCES;
		if (MmGetMdlByteOffset(mdl) > limit)
			status = STATUS_DATATYPE_MISALIGNMENT;
		IoFreeMdl(mdl);
	}
	return status; /* ok: win-mdl-leak */
}
