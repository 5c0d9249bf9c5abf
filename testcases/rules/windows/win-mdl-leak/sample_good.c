/* A write request whose buffer is locked for the driver: every failure completes the request and frees the MDL. */
#include <ntddk.h>

DRIVER_DISPATCH SampleWrite;

static NTSTATUS SampleFinish(PIRP irp, NTSTATUS status, ULONG_PTR information)
{
	irp->IoStatus.Status = status;
	irp->IoStatus.Information = information;
	IoCompleteRequest(irp, IO_NO_INCREMENT);
	return status;
}

NTSTATUS SampleWrite(PDEVICE_OBJECT device, PIRP irp)
{
	ULONG length = IoGetCurrentIrpStackLocation(irp)->Parameters.Write.Length;
	PUCHAR va;
	PMDL mdl;

	UNREFERENCED_PARAMETER(device);
	mdl = IoAllocateMdl(irp->UserBuffer, length, FALSE, FALSE, NULL);
	if (mdl == NULL)
		return SampleFinish(irp, STATUS_INSUFFICIENT_RESOURCES, 0);
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoModifyAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		NTSTATUS status = GetExceptionCode();

		IoFreeMdl(mdl);
		return SampleFinish(irp, status, 0); /* ok: win-mdl-leak */
	}
	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
	if (va == NULL) {
		MmUnlockPages(mdl);
		IoFreeMdl(mdl);
		return SampleFinish(irp, STATUS_INSUFFICIENT_RESOURCES, 0); /* ok: win-mdl-leak */
	}
	va[0] = 0;
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return SampleFinish(irp, STATUS_SUCCESS, length); /* ok: win-mdl-leak */
}
