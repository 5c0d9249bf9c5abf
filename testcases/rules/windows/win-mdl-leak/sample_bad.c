/* Three ways to lose the MDL while a write request is completed. */
#include <ntddk.h>

DRIVER_DISPATCH SampleInHandler;
DRIVER_DISPATCH SampleAfterUse;
DRIVER_DISPATCH SampleLadder;

/* The handler completes the request and forgets the MDL. */
NTSTATUS SampleInHandler(PDEVICE_OBJECT device, PIRP irp)
{
	ULONG length = IoGetCurrentIrpStackLocation(irp)->Parameters.Write.Length;
	PMDL mdl;

	UNREFERENCED_PARAMETER(device);
	mdl = IoAllocateMdl(irp->UserBuffer, length, FALSE, FALSE, NULL); /* note: win-mdl-leak "mdl" */
	if (mdl == NULL) {
		irp->IoStatus.Status = STATUS_INSUFFICIENT_RESOURCES;
		irp->IoStatus.Information = 0;
		IoCompleteRequest(irp, IO_NO_INCREMENT);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoModifyAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		irp->IoStatus.Status = STATUS_ACCESS_VIOLATION;
		irp->IoStatus.Information = 0;
		IoCompleteRequest(irp, IO_NO_INCREMENT);
		return STATUS_ACCESS_VIOLATION; /* expect: win-mdl-leak "mdl" */
	}
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	irp->IoStatus.Status = STATUS_SUCCESS;
	irp->IoStatus.Information = length;
	IoCompleteRequest(irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}

/* The handler is right; the success is not. */
NTSTATUS SampleAfterUse(PDEVICE_OBJECT device, PIRP irp)
{
	ULONG length = IoGetCurrentIrpStackLocation(irp)->Parameters.Write.Length;
	NTSTATUS status = STATUS_SUCCESS;
	PMDL mdl;

	UNREFERENCED_PARAMETER(device);
	mdl = IoAllocateMdl(irp->UserBuffer, length, FALSE, FALSE, NULL); /* note: win-mdl-leak "mdl" */
	if (mdl == NULL) {
		status = STATUS_INSUFFICIENT_RESOURCES;
	} else {
		__try {
			MmProbeAndLockPages(mdl, UserMode, IoModifyAccess);
			MmUnlockPages(mdl);
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			IoFreeMdl(mdl);
			status = GetExceptionCode();
		}
	}
	irp->IoStatus.Status = status;
	irp->IoStatus.Information = NT_SUCCESS(status) ? length : 0;
	IoCompleteRequest(irp, IO_NO_INCREMENT);
	return status; /* expect: win-mdl-leak "mdl" */
}

/* Both failures jump to the label that only completes. */
NTSTATUS SampleLadder(PDEVICE_OBJECT device, PIRP irp)
{
	ULONG length = IoGetCurrentIrpStackLocation(irp)->Parameters.Write.Length;
	NTSTATUS status = STATUS_SUCCESS;
	PUCHAR va;
	PMDL mdl;

	UNREFERENCED_PARAMETER(device);
	mdl = IoAllocateMdl(irp->UserBuffer, length, FALSE, FALSE, NULL); /* note: win-mdl-leak "mdl" */
	if (mdl == NULL) {
		status = STATUS_INSUFFICIENT_RESOURCES;
		goto complete;
	}
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoModifyAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
		goto complete;
	}
	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
	if (va == NULL) {
		status = STATUS_INSUFFICIENT_RESOURCES;
		MmUnlockPages(mdl);
		goto complete;
	}
	va[0] = 0;
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
complete:
	irp->IoStatus.Status = status;
	irp->IoStatus.Information = NT_SUCCESS(status) ? length : 0;
	IoCompleteRequest(irp, IO_NO_INCREMENT);
	return status; /* expect: win-mdl-leak "mdl" */
}
