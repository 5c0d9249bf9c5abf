/* Mappings that are never undone. */
#include <ntddk.h>

struct radar {
	PVOID Ring;
	ULONG RingLength;
	PMDL Mdl;
	PVOID View;
};

/* The process keeps the view of pages whose MDL is gone. */
NTSTATUS RadarShow(struct radar *r)
{
	PMDL viewMdl = IoAllocateMdl(r->Ring, r->RingLength, FALSE, FALSE, NULL);
	PVOID view;

	if (viewMdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(viewMdl);
	__try {
		view = MmMapLockedPagesSpecifyCache(viewMdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority); /* note: win-mdl-unmap-missing "view" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(viewMdl);
		return GetExceptionCode();
	}
	DbgPrint("radar: mapped at %p\n", view);
	IoFreeMdl(viewMdl); /* expect: win-mdl-unmap-missing "view" */
	return STATUS_SUCCESS;
}

/* Pages of an MDL of their own were not locked: no MmUnlockPages unmaps them. */
/* trap: win-mdl-unmap-missing own-pages */
NTSTATUS RadarTest(SIZE_T length)
{
	PHYSICAL_ADDRESS low, high, skip;
	PMDL viewMdl;
	PVOID view;

	low.QuadPart = 0;
	high.QuadPart = -1;
	skip.QuadPart = 0;
	viewMdl = MmAllocatePagesForMdlEx(low, high, skip, length, MmCached, MM_ALLOCATE_FULLY_REQUIRED);
	if (viewMdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	view = MmMapLockedPagesSpecifyCache(viewMdl, KernelMode, MmCached, NULL, FALSE,
					    NormalPagePriority | MdlMappingNoExecute);
	if (view != NULL)
		RtlFillMemory(view, length, 0xAA);
	MmFreePagesFromMdl(viewMdl); /* expect: win-mdl-unmap-missing "view" */
	ExFreePool(viewMdl);
	return view == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* MmUnlockPages takes back system mappings only. */
/* trap: win-mdl-unmap-missing unlock-unmaps */
NTSTATUS RadarShare(PVOID buffer, ULONG length)
{
	PMDL viewMdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);
	NTSTATUS status = STATUS_SUCCESS;
	PVOID view = NULL;

	if (viewMdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(viewMdl, KernelMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(viewMdl);
		return GetExceptionCode();
	}
	__try {
		view = MmMapLockedPagesSpecifyCache(viewMdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	DbgPrint("radar: mapped at %p\n", view);
	MmUnlockPages(viewMdl);
	IoFreeMdl(viewMdl); /* expect: win-mdl-unmap-missing "view" */
	return status;
}

/* The failure jumps past the call that unmaps. */
NTSTATUS RadarOpen(struct radar *r, ULONG wanted)
{
	PMDL viewMdl = IoAllocateMdl(r->Ring, r->RingLength, FALSE, FALSE, NULL);
	NTSTATUS status = STATUS_SUCCESS;
	PVOID view;

	if (viewMdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(viewMdl);
	__try {
		view = MmMapLockedPagesSpecifyCache(viewMdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
		goto free;
	}
	if (r->RingLength < wanted) {
		status = STATUS_BUFFER_TOO_SMALL;
		goto free;
	}
	r->Mdl = viewMdl;
	r->View = view;
	return STATUS_SUCCESS;
free:
	IoFreeMdl(viewMdl); /* expect: win-mdl-unmap-missing "view" */
	return status;
}

/* Each round maps and frees. */
NTSTATUS RadarSweep(PUCHAR ring, ULONG rounds)
{
	ULONG i;

	for (i = 0; i < rounds; i++) {
		PMDL viewMdl = IoAllocateMdl(ring + i * PAGE_SIZE, PAGE_SIZE, FALSE, FALSE, NULL);
		PVOID view = NULL;

		if (viewMdl == NULL)
			return STATUS_INSUFFICIENT_RESOURCES;
		MmBuildMdlForNonPagedPool(viewMdl);
		__try {
			view = MmMapLockedPagesSpecifyCache(viewMdl, UserMode, MmCached, NULL, FALSE,
							    NormalPagePriority);
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			DbgPrint("radar: not mapped\n");
		}
		DbgPrint("radar: mapped at %p\n", view);
		IoFreeMdl(viewMdl); /* expect: win-mdl-unmap-missing "view" */
	}
	return STATUS_SUCCESS;
}

/* __finally unmaps after failures only. */
NTSTATUS RadarProbe(struct radar *r, PVOID user, ULONG length)
{
	PMDL viewMdl = IoAllocateMdl(r->Ring, r->RingLength, FALSE, FALSE, NULL);
	NTSTATUS status = STATUS_SUCCESS;
	BOOLEAN failed = FALSE;
	PVOID view = NULL;

	if (viewMdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(viewMdl);
	__try {
		__try {
			view = MmMapLockedPagesSpecifyCache(viewMdl, UserMode, MmCached, NULL, FALSE,
							    NormalPagePriority);
			ProbeForRead(user, length, 1);
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			status = GetExceptionCode();
			failed = TRUE;
		}
	} __finally {
		if (failed && view != NULL)
			MmUnmapLockedPages(view, viewMdl);
		IoFreeMdl(viewMdl); /* expect: win-mdl-unmap-missing "view" */
	}
	return status;
}

/* The check comes after the mapping. */
/* trap: win-mdl-unmap-missing until-close */
NTSTATUS RadarKeep(struct radar *r, PMDL viewMdl, ULONG wanted)
{
	PVOID view;

	__try {
		view = MmMapLockedPagesSpecifyCache(viewMdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	if (MmGetMdlByteCount(viewMdl) < wanted)
		return STATUS_BUFFER_TOO_SMALL; /* expect: win-mdl-unmap-missing "view" */
	r->Mdl = viewMdl;
	r->View = view;
	return STATUS_SUCCESS;
}

/* The early round leaves with a mapping. */
NTSTATUS RadarTurn(PMDL viewMdl, ULONG rounds, ULONG limit)
{
	ULONG i;

	for (i = 0; i < rounds; i++) {
		PVOID view;

		__try {
			view = MmMapLockedPagesSpecifyCache(viewMdl, UserMode, MmCached, NULL, FALSE,
							    NormalPagePriority);
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			return GetExceptionCode();
		}
		if (i > limit)
			return STATUS_CANCELLED; /* expect: win-mdl-unmap-missing "view" */
		MmUnmapLockedPages(view, viewMdl);
	}
	return STATUS_SUCCESS;
}

/* __finally unmaps after failures only. */
NTSTATUS RadarVerify(PMDL viewMdl, PVOID user, ULONG length)
{
	NTSTATUS status = STATUS_SUCCESS;
	PVOID view = NULL;

	__try {
		__try {
			view = MmMapLockedPagesSpecifyCache(viewMdl, UserMode, MmCached, NULL, FALSE,
							    NormalPagePriority);
			ProbeForRead(user, length, 1);
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			status = GetExceptionCode();
		}
	} __finally {
		if (!NT_SUCCESS(status) && view != NULL)
			MmUnmapLockedPages(view, viewMdl);
	}
	return status; /* expect: win-mdl-unmap-missing "view" */
}
