/* MDLs that are freed while their pages are locked. */
#include <ntddk.h>

struct plotter {
	PMDL Mdl;
	ULONG Sum;
};

/* The right calls in the wrong order. */
NTSTATUS PlotterTouch(PVOID buffer, ULONG length)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess); /* note: win-mdl-free-locked "mdl" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	IoFreeMdl(mdl); /* expect: win-mdl-free-locked "mdl" */
	MmUnlockPages(mdl);
	return STATUS_SUCCESS;
}

/* No mapping, and then no unlock. */
NTSTATUS PlotterSum(PVOID buffer, ULONG length, PULONG sum)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);
	PUCHAR va;
	ULONG i;

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
		IoFreeMdl(mdl); /* expect: win-mdl-free-locked "mdl" */
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	for (i = 0; i < length; i++)
		*sum += va[i];
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}

/* The ladder misses a rung. */
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
		goto free;
	}
	p->Sum += va[0];
	MmUnlockPages(p->Mdl);
free:
	IoFreeMdl(p->Mdl); /* expect: win-mdl-free-locked "p->Mdl" */
	p->Mdl = NULL;
	return status;
}

/* Only the MDL is remembered in __finally. */
NTSTATUS PlotterErase(PVOID buffer, ULONG length)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);
	NTSTATUS status = STATUS_SUCCESS;
	PVOID va;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		__try {
			MmProbeAndLockPages(mdl, UserMode, IoWriteAccess);
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			status = GetExceptionCode();
			__leave;
		}
		va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
		if (va != NULL)
			RtlZeroMemory(va, length);
	} __finally {
		IoFreeMdl(mdl); /* expect: win-mdl-free-locked "mdl" */
	}
	return status;
}

/* Every round locks, none unlocks. */
/* trap: win-mdl-free-locked partial */
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
		IoFreeMdl(mdl); /* expect: win-mdl-free-locked "mdl" */
	}
	return STATUS_SUCCESS;
}

/* The flag follows the mapping, not the lock. */
VOID PlotterPeek(PVOID buffer, PUCHAR first)
{
	PMDL mdl = IoAllocateMdl(buffer, 1, FALSE, FALSE, NULL);
	BOOLEAN mapped = FALSE;
	PUCHAR va;

	if (mdl == NULL)
		return;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return;
	}
	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
	if (va != NULL) {
		mapped = TRUE;
		*first = *va;
	}
	if (mapped)
		MmUnlockPages(mdl);
	IoFreeMdl(mdl); /* expect: win-mdl-free-locked "mdl" */
}

/* A handler that took the later exception for that of the lock. */
/* trap: win-mdl-free-locked never-locked */
NTSTATUS PlotterExchange(PVOID buffer, ULONG length, PVOID user)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess); /* note: win-mdl-free-locked "mdl" */
		ProbeForRead(user, length, 1);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl); /* expect: win-mdl-free-locked "mdl" */
		return GetExceptionCode();
	}
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}
