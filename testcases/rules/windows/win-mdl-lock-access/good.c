/* The mode of whoever gave the address. */
#include <ntddk.h>

NTSTATUS ScannerRead(PIRP irp, ULONG length)
{
	PMDL mdl = IoAllocateMdl(irp->UserBuffer, length, FALSE, FALSE, NULL);
	PVOID va;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoWriteAccess); /* ok: win-mdl-lock-access */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
	if (va != NULL)
		RtlZeroMemory(va, length);
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}

/* Trap: the request says who sent it. */
/* trap: win-mdl-lock-access requestor-mode */
NTSTATUS ScannerRequestor(PIRP irp, ULONG length)
{
	PMDL mdl = IoAllocateMdl(irp->UserBuffer, length, FALSE, FALSE, NULL);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, irp->RequestorMode, IoReadAccess); /* ok: win-mdl-lock-access */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}

NTSTATUS ScannerPrevious(PIRP irp, ULONG length)
{
	PMDL mdl = IoAllocateMdl(irp->UserBuffer, length, FALSE, FALSE, NULL);
	KPROCESSOR_MODE mode = ExGetPreviousMode();

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, mode, IoReadAccess); /* ok: win-mdl-lock-access */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}

/* Trap: an address of the driver's own. */
/* trap: win-mdl-lock-access kernel-address */
NTSTATUS ScannerOwn(PVOID table, ULONG length)
{
	PMDL mdl = IoAllocateMdl(table, length, FALSE, FALSE, NULL);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, KernelMode, IoModifyAccess); /* ok: win-mdl-lock-access */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}

/* The buffer of METHOD_BUFFERED is in the kernel. */
NTSTATUS ScannerBuffered(PIRP irp, ULONG length)
{
	PMDL mdl = IoAllocateMdl(irp->AssociatedIrp.SystemBuffer, length, FALSE, FALSE, NULL);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, KernelMode, IoReadAccess); /* ok: win-mdl-lock-access */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}

/* Nothing is known of what the MDL describes. */
/* trap: win-mdl-lock-access origin-unknown */
NTSTATUS ScannerParameter(PMDL mdl)
{
	__try {
		MmProbeAndLockPages(mdl, KernelMode, IoReadAccess); /* ok: win-mdl-lock-access */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	MmUnlockPages(mdl);
	return STATUS_SUCCESS;
}

/* Locked for both, then written. */
NTSTATUS ScannerModify(PIRP irp, ULONG length)
{
	PMDL mdl = IoAllocateMdl(irp->UserBuffer, length, FALSE, FALSE, NULL);
	PVOID va;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoModifyAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
	if (va != NULL)
		RtlZeroMemory(va, length); /* ok: win-mdl-lock-access */
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}
