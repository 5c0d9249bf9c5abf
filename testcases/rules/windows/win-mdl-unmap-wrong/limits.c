/* Known gaps: a pointer into the mapping is taken for its start. */
#include <ntddk.h>

/* The pointer has moved on. */
NTSTATUS PianoCount(PVOID buffer, ULONG keys, PULONG sum)
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
		view += keys;
		MmUnmapLockedPages(view, viewMdl); /* todo-expect: win-mdl-unmap-wrong "view" */
	}
	MmUnlockPages(viewMdl);
	IoFreeMdl(viewMdl);
	return STATUS_SUCCESS;
}
