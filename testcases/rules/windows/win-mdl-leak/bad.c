/* MDLs that nobody frees. */
#include <ntddk.h>

/* The handler of the lock returns at once. */
/* trap: win-mdl-leak stored */
NTSTATUS ReaderLast(PUCHAR buffer, ULONG length, PUCHAR last)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL); /* note: win-mdl-leak "mdl" */
	PUCHAR va;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return STATUS_ACCESS_VIOLATION; /* expect: win-mdl-leak "mdl" */
	}
	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
	if (va != NULL)
		*last = va[length - 1];
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}

/* Unlocked, but not freed. */
/* trap: win-mdl-leak attached */
NTSTATUS ReaderFirst(PVOID buffer, ULONG length, PUCHAR first)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);
	PUCHAR va;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
	if (va == NULL) {
		MmUnlockPages(mdl);
		return STATUS_INSUFFICIENT_RESOURCES; /* expect: win-mdl-leak "mdl" */
	}
	*first = va[0];
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}

/* The second MDL cannot be had: what of the first? */
/* trap: win-mdl-leak chain */
NTSTATUS ReaderPair(PVOID left, PVOID right, ULONG length, PULONG sum)
{
	PMDL first, second;

	first = IoAllocateMdl(left, length, FALSE, FALSE, NULL); /* note: win-mdl-leak "first" */
	if (first == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	second = IoAllocateMdl(right, length, FALSE, FALSE, NULL);
	if (second == NULL)
		return STATUS_INSUFFICIENT_RESOURCES; /* expect: win-mdl-leak "first" */
	*sum = MmGetMdlByteCount(first) + MmGetMdlByteCount(second);
	IoFreeMdl(second);
	IoFreeMdl(first);
	return STATUS_SUCCESS;
}

/* Pages of their own, which nobody gives back. */
NTSTATUS ReaderPages(SIZE_T length, PULONG count)
{
	PHYSICAL_ADDRESS low, high, skip;
	PMDL mdl;

	low.QuadPart = 0;
	high.QuadPart = -1;
	skip.QuadPart = 0;
	mdl = MmAllocatePagesForMdl(low, high, skip, length); /* note: win-mdl-leak "mdl" */
	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (MmGetMdlByteCount(mdl) < length)
		return STATUS_INSUFFICIENT_RESOURCES; /* expect: win-mdl-leak "mdl" */
	*count = MmGetMdlByteCount(mdl) / PAGE_SIZE;
	MmFreePagesFromMdl(mdl);
	ExFreePool(mdl);
	return STATUS_SUCCESS;
}

/* The pages are gone, the MDL that described them is not. */
NTSTATUS ReaderTrial(SIZE_T length)
{
	PHYSICAL_ADDRESS low, high, skip;
	NTSTATUS status;
	PMDL mdl;

	low.QuadPart = 0;
	high.QuadPart = 0xFFFFFFFF;
	skip.QuadPart = 0;
	mdl = MmAllocatePagesForMdlEx(low, high, skip, length, MmCached, MM_ALLOCATE_FULLY_REQUIRED);
	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = MmGetMdlByteCount(mdl) == length ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL;
	MmFreePagesFromMdl(mdl);
	return status; /* expect: win-mdl-leak "mdl" */
}

/* Leaves the function from inside the loop. */
NTSTATUS ReaderSegments(PUCHAR buffer, ULONG segments, ULONG limit)
{
	ULONG i;

	for (i = 0; i < segments; i++) {
		PMDL mdl = IoAllocateMdl(buffer + i * PAGE_SIZE, PAGE_SIZE, FALSE, FALSE, NULL);

		if (mdl == NULL)
			return STATUS_INSUFFICIENT_RESOURCES;
		if (MmGetMdlByteOffset(mdl) > limit)
			return STATUS_DATATYPE_MISALIGNMENT; /* expect: win-mdl-leak "mdl" */
		IoFreeMdl(mdl);
	}
	return STATUS_SUCCESS;
}

/* Freed in __finally, but only after a success. */
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
		if (NT_SUCCESS(status))
			IoFreeMdl(mdl);
	}
	return status; /* expect: win-mdl-leak "mdl" */
}

/* A partial MDL is an MDL, too. */
VOID ReaderPart(PMDL source, ULONG length, PUCHAR first)
{
	PVOID start = MmGetMdlVirtualAddress(source);
	PMDL part = IoAllocateMdl(start, length, FALSE, FALSE, NULL); /* note: win-mdl-leak "part" */
	PUCHAR va;

	if (part == NULL)
		return;
	IoBuildPartialMdl(source, part, start, length);
	va = MmGetSystemAddressForMdlSafe(part, NormalPagePriority | MdlMappingNoExecute);
	if (va != NULL)
		*first = va[0];
} /* expect: win-mdl-leak "part" */
