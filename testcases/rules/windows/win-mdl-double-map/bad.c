/* A second system mapping of one MDL. */
#include <ntddk.h>

struct wiper {
	PMDL Mdl;
	PUCHAR View;
	PUCHAR Second;
};

/* trap: win-mdl-double-map two-mdls */
NTSTATUS WiperCopy(struct wiper *w, PMDL viewMdl, ULONG half)
{
	w->View = MmMapLockedPagesSpecifyCache(viewMdl, KernelMode, MmCached, NULL, FALSE, /* note: win-mdl-double-map "iew" */
					       NormalPagePriority | MdlMappingNoExecute);
	if (w->View == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	w->Second = MmMapLockedPagesSpecifyCache(viewMdl, KernelMode, MmCached, NULL, FALSE, /* expect: win-mdl-double-map "viewMdl" */
						 NormalPagePriority | MdlMappingNoExecute);
	if (w->Second == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	RtlCopyMemory(w->View, w->Second + half, half);
	return STATUS_SUCCESS;
}

/* The Safe macro has mapped it already. */
/* trap: win-mdl-double-map safe-after-map */
NTSTATUS WiperFirst(PVOID buffer, ULONG length, PUCHAR first)
{
	PMDL viewMdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);
	NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;
	PUCHAR view, again;

	if (viewMdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(viewMdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(viewMdl);
		return GetExceptionCode();
	}
	view = MmGetSystemAddressForMdlSafe(viewMdl, NormalPagePriority | MdlMappingNoExecute);
	if (view == NULL)
		goto unlock;
	*first = view[0];
	again = MmMapLockedPagesSpecifyCache(viewMdl, KernelMode, MmCached, NULL, FALSE, /* expect: win-mdl-double-map "viewMdl" */
					     NormalPagePriority | MdlMappingNoExecute);
	if (again != NULL) {
		*first += again[0];
		status = STATUS_SUCCESS;
	}
unlock:
	MmUnlockPages(viewMdl);
	IoFreeMdl(viewMdl);
	return status;
}

/* Each round maps the same MDL. */
/* trap: win-mdl-double-map chain */
NTSTATUS WiperRounds(PMDL viewMdl, PUCHAR *views, ULONG rounds)
{
	ULONG i;

	for (i = 0; i < rounds; i++) {
		views[i] = MmMapLockedPagesSpecifyCache(viewMdl, KernelMode, MmCached, NULL, FALSE, /* expect: win-mdl-double-map "viewMdl" */
							NormalPagePriority | MdlMappingNoExecute);
		if (views[i] == NULL)
			return STATUS_INSUFFICIENT_RESOURCES;
	}
	return STATUS_SUCCESS;
}

/* Not unmapped when the mode is changed. */
/* trap: win-mdl-double-map kernel-and-user */
NTSTATUS WiperChange(struct wiper *w, BOOLEAN again)
{
	w->View = MmMapLockedPagesSpecifyCache(w->Mdl, KernelMode, MmCached, NULL, FALSE,
					       NormalPagePriority | MdlMappingNoExecute);
	if (w->View == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	w->View[0] = 0;
	if (again) {
		w->View = MmMapLockedPagesSpecifyCache(w->Mdl, KernelMode, MmCached, NULL, FALSE, /* expect: win-mdl-double-map "w->Mdl" */
						       NormalPagePriority | MdlMappingNoExecute);
		if (w->View == NULL)
			return STATUS_INSUFFICIENT_RESOURCES;
	}
	return STATUS_SUCCESS;
}
