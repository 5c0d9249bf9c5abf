/* A tape that leaves the MDLs of others alone. */
#include <ntddk.h>

DRIVER_DISPATCH ReelRead, ReelNeither, ReelChain, ReelQuery, ReelAppend;
IO_COMPLETION_ROUTINE ReelDone;

static NTSTATUS ReelFinish(PIRP Irp, NTSTATUS Status)
{
	Irp->IoStatus.Status = Status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return Status;
}

NTSTATUS ReelRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PUCHAR data;

	UNREFERENCED_PARAMETER(Device);
	if (Irp->MdlAddress == NULL)
		return ReelFinish(Irp, STATUS_INVALID_PARAMETER);
	data = MmGetSystemAddressForMdlSafe(Irp->MdlAddress, NormalPagePriority | MdlMappingNoExecute);
	if (data == NULL)
		return ReelFinish(Irp, STATUS_INSUFFICIENT_RESOURCES);
	data[0] = 0;
	return ReelFinish(Irp, STATUS_SUCCESS);
}

/* trap: win-mdl-relock-irp own-mdl-in-request */
NTSTATUS ReelNeither(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);

	UNREFERENCED_PARAMETER(Device);
	Irp->MdlAddress = IoAllocateMdl(Irp->UserBuffer, stack->Parameters.Read.Length, FALSE, FALSE, NULL);
	if (Irp->MdlAddress == NULL)
		return ReelFinish(Irp, STATUS_INSUFFICIENT_RESOURCES);
	__try {
		MmProbeAndLockPages(Irp->MdlAddress, UserMode, IoWriteAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(Irp->MdlAddress);
		Irp->MdlAddress = NULL;
		return ReelFinish(Irp, GetExceptionCode());
	}
	return ReelFinish(Irp, STATUS_SUCCESS);
}

/* The I/O manager puts the MDL into the request. */
NTSTATUS ReelChain(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);

	UNREFERENCED_PARAMETER(Device);
	if (IoAllocateMdl(Irp->UserBuffer, stack->Parameters.Read.Length, FALSE, FALSE, Irp) == NULL)
		return ReelFinish(Irp, STATUS_INSUFFICIENT_RESOURCES);
	__try {
		MmProbeAndLockPages(Irp->MdlAddress, UserMode, IoWriteAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return ReelFinish(Irp, GetExceptionCode());
	}
	return ReelFinish(Irp, STATUS_SUCCESS);
}

/* trap: win-mdl-relock-irp own-request */
NTSTATUS ReelDone(PDEVICE_OBJECT Device, PIRP Irp, PVOID Context)
{
	PMDL mdl = Irp->MdlAddress;

	UNREFERENCED_PARAMETER(Device);
	UNREFERENCED_PARAMETER(Context);
	Irp->MdlAddress = NULL;
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	IoFreeIrp(Irp);
	return STATUS_MORE_PROCESSING_REQUIRED;
}

/* A part of it in an MDL of the driver's own. */
NTSTATUS ReelAppend(PDEVICE_OBJECT Device, PIRP Irp)
{
	PVOID va = MmGetMdlVirtualAddress(Irp->MdlAddress);
	PMDL part = IoAllocateMdl(va, 512, FALSE, FALSE, NULL);

	UNREFERENCED_PARAMETER(Device);
	if (part == NULL)
		return ReelFinish(Irp, STATUS_INSUFFICIENT_RESOURCES);
	IoBuildPartialMdl(Irp->MdlAddress, part, va, 512);
	IoFreeMdl(part);
	return ReelFinish(Irp, STATUS_SUCCESS);
}
