/* Undone once, with the address that was returned, and only where needed. */
#include <ntddk.h>

#define PIANO_TAG 'naiP'

struct piano {
	PMDL Mdl;
	PVOID View;
};

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
	if (view != NULL)
		*first = view[0];
	IoFreeMdl(viewMdl);
	ExFreePoolWithTag(table, PIANO_TAG);
	return STATUS_SUCCESS;
}

/* The MDL of nonpaged pool mapped once more, for the process: that mapping is undone. */
NTSTATUS PianoShow(PVOID table)
{
	PMDL viewMdl = IoAllocateMdl(table, PAGE_SIZE, FALSE, FALSE, NULL);
	NTSTATUS status = STATUS_SUCCESS;
	PVOID view = NULL;

	if (viewMdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(viewMdl);
	__try {
		view = MmMapLockedPagesSpecifyCache(viewMdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	if (view != NULL)
		MmUnmapLockedPages(view, viewMdl); /* ok: win-mdl-unmap-wrong */
	IoFreeMdl(viewMdl);
	return status;
}

NTSTATUS PianoPlay(PMDL viewMdl, PUCHAR first)
{
	NTSTATUS status = STATUS_SUCCESS;
	PUCHAR view = MmMapLockedPagesSpecifyCache(viewMdl, KernelMode, MmCached, NULL, FALSE,
						   NormalPagePriority | MdlMappingNoExecute);

	if (view == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	*first = view[0];
	if (*first == 0) {
		status = STATUS_NO_DATA_DETECTED;
		goto out;
	}
	*first += 1;
out:
	MmUnmapLockedPages(view, viewMdl); /* ok: win-mdl-unmap-wrong */
	return status;
}

/* Trap: a walking pointer, and the base computed back from it. */
/* trap: win-mdl-unmap-wrong offset-arithmetic */
NTSTATUS PianoCount(PVOID buffer, ULONG keys, PULONG sum)
{
	PMDL viewMdl = IoAllocateMdl(buffer, keys, FALSE, FALSE, NULL);
	PUCHAR view, key;
	ULONG i;

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
		key = view;
		for (i = 0; i < keys; i++)
			*sum += *key++;
		MmUnmapLockedPages(key - keys, viewMdl); /* ok: win-mdl-unmap-wrong */
	}
	MmUnlockPages(viewMdl);
	IoFreeMdl(viewMdl);
	return STATUS_SUCCESS;
}

NTSTATUS PianoBase(PVOID buffer, ULONG keys, ULONG offset, PULONG sum)
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
		view += offset;
		*sum = view[0];
		view -= offset;
		MmUnmapLockedPages(view, viewMdl); /* ok: win-mdl-unmap-wrong */
	}
	MmUnlockPages(viewMdl);
	IoFreeMdl(viewMdl);
	return STATUS_SUCCESS;
}

/* What was mapped by name is unmapped by name; MmUnlockPages would forgive it. */
/* trap: win-mdl-unmap-wrong named-mapping */
NTSTATUS PianoSilence(PVOID buffer, ULONG length)
{
	PMDL viewMdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);
	PVOID view;

	if (viewMdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(viewMdl, UserMode, IoWriteAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(viewMdl);
		return GetExceptionCode();
	}
	view = MmMapLockedPagesSpecifyCache(viewMdl, KernelMode, MmCached, NULL, FALSE,
					    NormalPagePriority | MdlMappingNoExecute);
	if (view != NULL) {
		RtlZeroMemory(view, length);
		MmUnmapLockedPages(view, viewMdl); /* ok: win-mdl-unmap-wrong */
	}
	MmUnlockPages(viewMdl);
	IoFreeMdl(viewMdl);
	return STATUS_SUCCESS;
}

/* Mapped elsewhere. */
VOID PianoClose(struct piano *p)
{
	if (p->View != NULL) {
		MmUnmapLockedPages(p->View, p->Mdl); /* ok: win-mdl-unmap-wrong */
		p->View = NULL;
	}
}

/* Mapped and unmapped in each round. */
NTSTATUS PianoRepeat(PMDL viewMdl, ULONG rounds, PULONG sum)
{
	ULONG i;

	for (i = 0; i < rounds; i++) {
		PUCHAR view = MmMapLockedPagesSpecifyCache(viewMdl, KernelMode, MmCached, NULL, FALSE,
							   NormalPagePriority | MdlMappingNoExecute);

		if (view == NULL)
			return STATUS_INSUFFICIENT_RESOURCES;
		*sum += view[0];
		MmUnmapLockedPages(view, viewMdl); /* ok: win-mdl-unmap-wrong */
	}
	return STATUS_SUCCESS;
}
