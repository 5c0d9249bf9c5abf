/* Traps: somebody vouches for the address. */
#include <ntddk.h>

/* Probed for user mode just before. */
/* trap: win-mdl-lock-access probed */
NTSTATUS ScannerProbed(PIRP irp, ULONG length)
{
	PMDL mdl = IoAllocateMdl(irp->UserBuffer, length, FALSE, FALSE, NULL);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		ProbeForRead(irp->UserBuffer, length, 1);
		MmProbeAndLockPages(mdl, KernelMode, IoReadAccess); /* ok: win-mdl-lock-access */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}

/* A request from the kernel. */
/* trap: win-mdl-lock-access kernel-caller */
NTSTATUS ScannerKernel(PIRP irp, ULONG length)
{
	PMDL mdl;

	if (irp->RequestorMode != KernelMode)
		return STATUS_ACCESS_DENIED;
	mdl = IoAllocateMdl(irp->UserBuffer, length, FALSE, FALSE, NULL);
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
