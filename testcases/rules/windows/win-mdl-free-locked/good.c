/* Unlocked first, or never locked. */
#include <ntddk.h>

#define PLOTTER_TAG 'tolP'

struct plotter {
	PMDL Mdl;
	ULONG Sum;
};

NTSTATUS PlotterSum(PVOID buffer, ULONG length, PULONG sum)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);
	PUCHAR va;
	ULONG i;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	/* Trap: the lock raised, so nothing is locked in the handler. */
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl); /* ok: win-mdl-free-locked */
		return GetExceptionCode();
	}
	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
	if (va == NULL) {
		MmUnlockPages(mdl);
		IoFreeMdl(mdl); /* ok: win-mdl-free-locked */
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	for (i = 0; i < length; i++)
		*sum += va[i];
	MmUnlockPages(mdl);
	IoFreeMdl(mdl); /* ok: win-mdl-free-locked */
	return STATUS_SUCCESS;
}

NTSTATUS PlotterDraw(struct plotter *p, PVOID buffer, ULONG length)
{
	NTSTATUS status = STATUS_SUCCESS;
	PUCHAR va;

	p->Mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);
	if (p->Mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(p->Mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
		goto free;
	}
	va = MmGetSystemAddressForMdlSafe(p->Mdl, NormalPagePriority | MdlMappingNoExecute);
	if (va == NULL) {
		status = STATUS_INSUFFICIENT_RESOURCES;
		goto unlock;
	}
	p->Sum += va[0];
unlock:
	MmUnlockPages(p->Mdl);
free:
	IoFreeMdl(p->Mdl); /* ok: win-mdl-free-locked */
	p->Mdl = NULL;
	return status;
}

/* Trap: an MDL of nonpaged pool has nothing to unlock. */
/* trap: win-mdl-free-locked never-locked */
NTSTATUS PlotterResident(PULONG sum)
{
	PULONG table = ExAllocatePool2(POOL_FLAG_NON_PAGED, PAGE_SIZE, PLOTTER_TAG);
	PMDL mdl;

	if (table == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	mdl = IoAllocateMdl(table, PAGE_SIZE, FALSE, FALSE, NULL);
	if (mdl == NULL) {
		ExFreePoolWithTag(table, PLOTTER_TAG);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	MmBuildMdlForNonPagedPool(mdl);
	*sum += MmGetMdlByteCount(mdl);
	IoFreeMdl(mdl); /* ok: win-mdl-free-locked */
	ExFreePoolWithTag(table, PLOTTER_TAG);
	return STATUS_SUCCESS;
}

/* Trap: the pages of a partial MDL belong to the lock of the source MDL. */
/* trap: win-mdl-free-locked partial */
NTSTATUS PlotterPart(PMDL source, ULONG length, PULONG sum)
{
	PVOID start = MmGetMdlVirtualAddress(source);
	PMDL part = IoAllocateMdl(start, length, FALSE, FALSE, NULL);
	PULONG va;

	if (part == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	IoBuildPartialMdl(source, part, start, length);
	va = MmGetSystemAddressForMdlSafe(part, NormalPagePriority | MdlMappingNoExecute);
	if (va != NULL)
		*sum += va[0];
	IoFreeMdl(part); /* ok: win-mdl-free-locked */
	return va == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* A flag tells both kinds of exception apart. */
NTSTATUS PlotterExchange(PVOID buffer, ULONG length, PVOID user)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);
	NTSTATUS status = STATUS_SUCCESS;
	BOOLEAN locked = FALSE;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
		locked = TRUE;
		ProbeForRead(user, length, 1);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	if (locked)
		MmUnlockPages(mdl);
	IoFreeMdl(mdl); /* ok: win-mdl-free-locked */
	return status;
}

NTSTATUS PlotterErase(PVOID buffer, ULONG length)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);
	NTSTATUS status = STATUS_SUCCESS;
	BOOLEAN locked = FALSE;
	PVOID va;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		__try {
			MmProbeAndLockPages(mdl, UserMode, IoWriteAccess);
			locked = TRUE;
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			status = GetExceptionCode();
			__leave;
		}
		va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
		if (va != NULL)
			RtlZeroMemory(va, length);
	} __finally {
		if (locked)
			MmUnlockPages(mdl);
		IoFreeMdl(mdl); /* ok: win-mdl-free-locked */
	}
	return status;
}

NTSTATUS PlotterPages(PUCHAR buffer, ULONG pages)
{
	ULONG i;

	for (i = 0; i < pages; i++) {
		PMDL mdl = IoAllocateMdl(buffer + i * PAGE_SIZE, PAGE_SIZE, FALSE, FALSE, NULL);

		if (mdl == NULL)
			return STATUS_INSUFFICIENT_RESOURCES;
		__try {
			MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			IoFreeMdl(mdl);
			return GetExceptionCode();
		}
		MmUnlockPages(mdl);
		IoFreeMdl(mdl); /* ok: win-mdl-free-locked */
	}
	return STATUS_SUCCESS;
}

/* The lock was undone elsewhere: the state of the MDL is not known here. */
VOID PlotterDispose(struct plotter *p)
{
	if (p->Mdl != NULL) {
		IoFreeMdl(p->Mdl); /* ok: win-mdl-free-locked */
		p->Mdl = NULL;
	}
}
