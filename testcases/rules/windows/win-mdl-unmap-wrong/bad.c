/* Mappings undone that are not there, or with the wrong address. */
#include <ntddk.h>

#define PIANO_TAG 'naiP'

/* The address of nonpaged pool is no mapping. */
NTSTATUS PianoTune(PUCHAR first)
{
	PUCHAR table = ExAllocatePool2(POOL_FLAG_NON_PAGED, PAGE_SIZE, PIANO_TAG);
	PMDL viewMdl;
	PUCHAR view;

	if (table == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	viewMdl = IoAllocateMdl(table, PAGE_SIZE, FALSE, FALSE, NULL);
	if (viewMdl == NULL) {
		ExFreePoolWithTag(table, PIANO_TAG);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	MmBuildMdlForNonPagedPool(viewMdl);
	view = MmGetSystemAddressForMdlSafe(viewMdl, NormalPagePriority | MdlMappingNoExecute);
	if (view != NULL) {
		*first = view[0];
		MmUnmapLockedPages(view, viewMdl); /* expect: win-mdl-unmap-wrong "view" */
	}
	IoFreeMdl(viewMdl);
	ExFreePoolWithTag(table, PIANO_TAG);
	return STATUS_SUCCESS;
}

/* Unmapped before the jump and behind the label. */
NTSTATUS PianoPlay(PMDL viewMdl, PUCHAR first)
{
	NTSTATUS status = STATUS_SUCCESS;
	PUCHAR view = MmMapLockedPagesSpecifyCache(viewMdl, KernelMode, MmCached, NULL, FALSE,
						   NormalPagePriority | MdlMappingNoExecute);

	if (view == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	*first = view[0];
	if (*first == 0) {
		MmUnmapLockedPages(view, viewMdl); /* note: win-mdl-unmap-wrong "view" */
		status = STATUS_NO_DATA_DETECTED;
		goto out;
	}
	*first += 1;
out:
	MmUnmapLockedPages(view, viewMdl); /* expect: win-mdl-unmap-wrong "view" */
	return status;
}

/* The buffer is what was mapped, not where. */
/* trap: win-mdl-unmap-wrong offset-arithmetic */
NTSTATUS PianoSource(PVOID buffer, ULONG keys, PULONG sum)
{
	PMDL viewMdl = IoAllocateMdl(buffer, keys, FALSE, FALSE, NULL);
	PUCHAR view;

	if (viewMdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(viewMdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(viewMdl);
		return GetExceptionCode();
	}
	view = MmMapLockedPagesSpecifyCache(viewMdl, KernelMode, MmCached, NULL, FALSE,
					    NormalPagePriority | MdlMappingNoExecute);
	if (view != NULL) {
		*sum = view[0];
		MmUnmapLockedPages(buffer, viewMdl); /* expect: win-mdl-unmap-wrong */
	}
	MmUnlockPages(viewMdl);
	IoFreeMdl(viewMdl);
	return STATUS_SUCCESS;
}

/* The address of the other MDL. */
NTSTATUS PianoDuet(PVOID buffer, ULONG keys, PVOID otherView, PULONG sum)
{
	PMDL viewMdl = IoAllocateMdl(buffer, keys, FALSE, FALSE, NULL);
	PUCHAR view;

	if (viewMdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(viewMdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(viewMdl);
		return GetExceptionCode();
	}
	view = MmMapLockedPagesSpecifyCache(viewMdl, KernelMode, MmCached, NULL, FALSE,
					    NormalPagePriority | MdlMappingNoExecute);
	if (view != NULL) {
		*sum = view[0];
		MmUnmapLockedPages(otherView, viewMdl); /* expect: win-mdl-unmap-wrong */
	}
	MmUnlockPages(viewMdl);
	IoFreeMdl(viewMdl);
	return STATUS_SUCCESS;
}

/* The same with a user mapping. */
NTSTATUS PianoShare(PVOID buffer, PMDL viewMdl)
{
	PVOID view;

	__try {
		view = MmMapLockedPagesSpecifyCache(viewMdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	DbgPrint("piano: mapped at %p\n", view);
	MmUnmapLockedPages(buffer, viewMdl); /* expect: win-mdl-unmap-wrong */
	return STATUS_SUCCESS; /* expect: win-mdl-unmap-missing "view" */
}

/* MmUnlockPages would do it: the driver asked for an address, not for a mapping. */
/* trap: win-mdl-unmap-wrong named-mapping */
NTSTATUS PianoSafe(PVOID buffer, ULONG keys, PULONG sum)
{
	PMDL viewMdl = IoAllocateMdl(buffer, keys, FALSE, FALSE, NULL);
	PUCHAR view;

	if (viewMdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(viewMdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(viewMdl);
		return GetExceptionCode();
	}
	view = MmGetSystemAddressForMdlSafe(viewMdl, NormalPagePriority | MdlMappingNoExecute);
	if (view != NULL) {
		*sum = view[0];
		MmUnmapLockedPages(view, viewMdl); /* expect: win-mdl-unmap-wrong "view" */
	}
	MmUnlockPages(viewMdl);
	IoFreeMdl(viewMdl);
	return STATUS_SUCCESS;
}
