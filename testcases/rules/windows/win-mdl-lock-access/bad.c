/* Addresses from user space, locked with the rights of the kernel. */
#include <ntddk.h>

struct scanner {
	PMDL Mdl;
};

/* trap: win-mdl-lock-access kernel-address */
NTSTATUS ScannerRead(PIRP irp, ULONG length)
{
	PMDL mdl = IoAllocateMdl(irp->UserBuffer, length, FALSE, FALSE, NULL);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, KernelMode, IoWriteAccess); /* expect: win-mdl-lock-access "mdl" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}

/* The input of a METHOD_NEITHER request, through a variable. Nobody asks who sent it. */
/* trap: win-mdl-lock-access kernel-caller */
NTSTATUS ScannerSetup(PIRP irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(irp);
	PVOID input = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	ULONG length = stack->Parameters.DeviceIoControl.InputBufferLength;
	PMDL mdl;

	mdl = IoAllocateMdl(input, length, FALSE, FALSE, NULL);
	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, KernelMode, IoReadAccess); /* expect: win-mdl-lock-access "mdl" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}

/* Kept for later. */
/* trap: win-mdl-lock-access origin-unknown */
NTSTATUS ScannerStart(struct scanner *s, PIRP irp, ULONG length)
{
	s->Mdl = IoAllocateMdl(irp->UserBuffer, length, FALSE, FALSE, NULL);
	if (s->Mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(s->Mdl, KernelMode, IoModifyAccess); /* expect: win-mdl-lock-access "s->Mdl" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(s->Mdl);
		s->Mdl = NULL;
		return GetExceptionCode();
	}
	MmUnlockPages(s->Mdl);
	return STATUS_SUCCESS;
}

/* Page by page. */
NTSTATUS ScannerPages(PIRP irp, ULONG pages)
{
	PUCHAR user = irp->UserBuffer;
	ULONG i;

	for (i = 0; i < pages; i++) {
		PMDL mdl = IoAllocateMdl(user + i * PAGE_SIZE, PAGE_SIZE, FALSE, FALSE, NULL);

		if (mdl == NULL)
			return STATUS_INSUFFICIENT_RESOURCES;
		__try {
			MmProbeAndLockPages(mdl, KernelMode, IoWriteAccess); /* expect: win-mdl-lock-access "mdl" */
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			IoFreeMdl(mdl);
			return GetExceptionCode();
		}
		MmUnlockPages(mdl);
		IoFreeMdl(mdl);
	}
	return STATUS_SUCCESS;
}

/* The mode in a variable whose value is known. */
/* trap: win-mdl-lock-access requestor-mode */
NTSTATUS ScannerMode(PIRP irp, ULONG length)
{
	PMDL mdl = IoAllocateMdl(irp->UserBuffer, length, FALSE, FALSE, NULL);
	KPROCESSOR_MODE mode = KernelMode;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, mode, IoReadAccess); /* expect: win-mdl-lock-access "mdl" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}

/* Locked for reading, then written. */
NTSTATUS ScannerClear(PIRP irp, ULONG length)
{
	PMDL mdl = IoAllocateMdl(irp->UserBuffer, length, FALSE, FALSE, NULL);
	PVOID va;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute); /* note: win-mdl-lock-access "va is the address of pages that are locked" */
	if (va != NULL)
		RtlZeroMemory(va, length); /* expect: win-mdl-lock-access "va" */
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}

/* One byte is enough. */
NTSTATUS ScannerStamp(PIRP irp, ULONG length)
{
	PMDL mdl = IoAllocateMdl(irp->UserBuffer, length, FALSE, FALSE, NULL);
	PUCHAR va;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
	if (va != NULL)
		va[0] = 1; /* expect: win-mdl-lock-access "va" */
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}

/* Probed when it is too late. */
/* trap: win-mdl-lock-access probed */
NTSTATUS ScannerLate(PIRP irp, ULONG length)
{
	PMDL mdl = IoAllocateMdl(irp->UserBuffer, length, FALSE, FALSE, NULL);
	NTSTATUS status = STATUS_SUCCESS;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, KernelMode, IoReadAccess); /* expect: win-mdl-lock-access "mdl" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	__try {
		ProbeForRead(irp->UserBuffer, length, 1);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return status;
}
