/* One system mapping at a time. */
#include <ntddk.h>

/* Trap: the Safe macro gives the mapping that is there. */
/* trap: win-mdl-double-map safe-after-map */
NTSTATUS WiperCopy(PMDL viewMdl, ULONG half)
{
	PUCHAR view, second;

	view = MmMapLockedPagesSpecifyCache(viewMdl, KernelMode, MmCached, NULL, FALSE,
					    NormalPagePriority | MdlMappingNoExecute);
	if (view == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	second = MmGetSystemAddressForMdlSafe(viewMdl, NormalPagePriority | MdlMappingNoExecute); /* ok: win-mdl-double-map */
	if (second != NULL)
		RtlCopyMemory(view, second + half, half);
	MmUnmapLockedPages(view, viewMdl);
	return STATUS_SUCCESS;
}

NTSTATUS WiperTwice(PMDL viewMdl, PUCHAR first)
{
	PUCHAR view = MmGetSystemAddressForMdlSafe(viewMdl, NormalPagePriority | MdlMappingNoExecute);

	if (view == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	*first = view[0];
	view = MmGetSystemAddressForMdlSafe(viewMdl, NormalPagePriority | MdlMappingNoExecute); /* ok: win-mdl-double-map */
	if (view == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	*first += view[1];
	return STATUS_SUCCESS;
}

/* Trap: two MDLs. */
/* trap: win-mdl-double-map two-mdls */
NTSTATUS WiperPair(PMDL leftViewMdl, PMDL rightViewMdl, ULONG length)
{
	NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;
	PUCHAR left, right;

	left = MmMapLockedPagesSpecifyCache(leftViewMdl, KernelMode, MmCached, NULL, FALSE,
					    NormalPagePriority | MdlMappingNoExecute);
	if (left == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	right = MmMapLockedPagesSpecifyCache(rightViewMdl, KernelMode, MmCached, NULL, FALSE, /* ok: win-mdl-double-map */
					     NormalPagePriority | MdlMappingNoExecute);
	if (right != NULL) {
		RtlCopyMemory(left, right, length);
		MmUnmapLockedPages(right, rightViewMdl);
		status = STATUS_SUCCESS;
	}
	MmUnmapLockedPages(left, leftViewMdl);
	return status;
}

/* Trap: each round has the next MDL of the chain. */
/* trap: win-mdl-double-map chain */
NTSTATUS WiperChain(PMDL viewMdl, PVOID *views)
{
	while (viewMdl != NULL) {
		*views = MmMapLockedPagesSpecifyCache(viewMdl, KernelMode, MmCached, NULL, FALSE, /* ok: win-mdl-double-map */
						      NormalPagePriority | MdlMappingNoExecute);
		if (*views == NULL)
			return STATUS_INSUFFICIENT_RESOURCES;
		views++;
		viewMdl = viewMdl->Next;
	}
	return STATUS_SUCCESS;
}

/* Trap: one mapping for the driver and one for the process. */
/* trap: win-mdl-double-map kernel-and-user */
NTSTATUS WiperShare(PMDL viewMdl)
{
	NTSTATUS status = STATUS_SUCCESS;
	PUCHAR view, userView = NULL;

	view = MmMapLockedPagesSpecifyCache(viewMdl, KernelMode, MmCached, NULL, FALSE,
					    NormalPagePriority | MdlMappingNoExecute);
	if (view == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		userView = MmMapLockedPagesSpecifyCache(viewMdl, UserMode, MmCached, NULL, FALSE, /* ok: win-mdl-double-map */
							NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	view[0] = 0;
	if (userView != NULL)
		MmUnmapLockedPages(userView, viewMdl);
	MmUnmapLockedPages(view, viewMdl);
	return status;
}

/* Unmapped before it is mapped again. */
NTSTATUS WiperRounds(PMDL viewMdl, ULONG rounds)
{
	ULONG i;

	for (i = 0; i < rounds; i++) {
		PUCHAR view = MmMapLockedPagesSpecifyCache(viewMdl, KernelMode, MmCached, NULL, FALSE, /* ok: win-mdl-double-map */
							   NormalPagePriority | MdlMappingNoExecute);

		if (view == NULL)
			return STATUS_INSUFFICIENT_RESOURCES;
		view[i] = 0;
		MmUnmapLockedPages(view, viewMdl);
	}
	return STATUS_SUCCESS;
}

/* The first attempt failed: there is no first mapping. */
NTSTATUS WiperRetry(PMDL viewMdl)
{
	PUCHAR view = MmMapLockedPagesSpecifyCache(viewMdl, KernelMode, MmCached, NULL, FALSE,
						   LowPagePriority | MdlMappingNoExecute);

	if (view == NULL)
		view = MmMapLockedPagesSpecifyCache(viewMdl, KernelMode, MmCached, NULL, FALSE, /* ok: win-mdl-double-map */
						    HighPagePriority | MdlMappingNoExecute);
	if (view == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	view[0] = 0;
	MmUnmapLockedPages(view, viewMdl);
	return STATUS_SUCCESS;
}

/* Unlocking has unmapped it. */
NTSTATUS WiperRelock(PMDL viewMdl, PUCHAR first)
{
	ULONG i;

	for (i = 0; i < 2; i++) {
		PUCHAR view;

		__try {
			MmProbeAndLockPages(viewMdl, UserMode, IoReadAccess);
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			return GetExceptionCode();
		}
		view = MmMapLockedPagesSpecifyCache(viewMdl, KernelMode, MmCached, NULL, FALSE, /* ok: win-mdl-double-map */
						    NormalPagePriority | MdlMappingNoExecute);
		if (view != NULL)
			*first += view[i];
		MmUnlockPages(viewMdl);
	}
	return STATUS_SUCCESS;
}
