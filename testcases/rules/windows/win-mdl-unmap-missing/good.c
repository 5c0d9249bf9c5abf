/* Undone by MmUnmapLockedPages, by MmUnlockPages, or later. */
#include <ntddk.h>

struct radar {
	PVOID Ring;
	ULONG RingLength;
	PMDL Mdl;
	PVOID View;
};

NTSTATUS RadarShow(struct radar *r)
{
	PMDL viewMdl = IoAllocateMdl(r->Ring, r->RingLength, FALSE, FALSE, NULL);
	PVOID view;

	if (viewMdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(viewMdl);
	__try {
		view = MmMapLockedPagesSpecifyCache(viewMdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(viewMdl); /* ok: win-mdl-unmap-missing */
		return GetExceptionCode();
	}
	DbgPrint("radar: mapped at %p\n", view);
	MmUnmapLockedPages(view, viewMdl);
	IoFreeMdl(viewMdl); /* ok: win-mdl-unmap-missing */
	return STATUS_SUCCESS; /* ok: win-mdl-unmap-missing */
}

/* Trap: kept until the handle is closed. */
/* trap: win-mdl-unmap-missing until-close */
NTSTATUS RadarOpen(struct radar *r, PMDL viewMdl, ULONG wanted)
{
	PVOID view;

	if (MmGetMdlByteCount(viewMdl) < wanted)
		return STATUS_BUFFER_TOO_SMALL;
	__try {
		view = MmMapLockedPagesSpecifyCache(viewMdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	r->Mdl = viewMdl;
	r->View = view;
	return STATUS_SUCCESS; /* ok: win-mdl-unmap-missing */
}

VOID RadarClose(struct radar *r)
{
	MmUnmapLockedPages(r->View, r->Mdl);
	r->View = NULL;
}

/* Trap: pages of an MDL of their own, unmapped by hand. */
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
	if (view != NULL) {
		RtlFillMemory(view, length, 0xAA);
		MmUnmapLockedPages(view, viewMdl);
	}
	MmFreePagesFromMdl(viewMdl); /* ok: win-mdl-unmap-missing */
	ExFreePool(viewMdl);
	return view == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* Trap: MmUnlockPages takes back the system mapping of a locked MDL. */
/* trap: win-mdl-unmap-missing unlock-unmaps */
NTSTATUS RadarClear(PVOID buffer, ULONG length)
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
	if (view != NULL)
		RtlZeroMemory(view, length);
	MmUnlockPages(viewMdl);
	IoFreeMdl(viewMdl); /* ok: win-mdl-unmap-missing */
	return view == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* A mapping that was asked for with the Safe macro goes with the lock of the pages, wherever that is undone. */
NTSTATUS RadarFirst(PMDL viewMdl, PUCHAR first)
{
	PUCHAR view = MmGetSystemAddressForMdlSafe(viewMdl, NormalPagePriority | MdlMappingNoExecute);

	if (view == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	*first = view[0];
	return STATUS_SUCCESS; /* ok: win-mdl-unmap-missing */
}

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
	if (view != NULL)
		MmUnmapLockedPages(view, viewMdl);
	MmUnlockPages(viewMdl);
	IoFreeMdl(viewMdl); /* ok: win-mdl-unmap-missing */
	return status; /* ok: win-mdl-unmap-missing */
}

NTSTATUS RadarProbe(PMDL viewMdl, PVOID user, ULONG length)
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
		if (view != NULL)
			MmUnmapLockedPages(view, viewMdl);
	}
	return status; /* ok: win-mdl-unmap-missing */
}

/* The address is the result: the caller unmaps. */
PVOID RadarView(PMDL viewMdl)
{
	PVOID view;

	__try {
		view = MmMapLockedPagesSpecifyCache(viewMdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		view = NULL;
	}
	return view; /* ok: win-mdl-unmap-missing */
}
