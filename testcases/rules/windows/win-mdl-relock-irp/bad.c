/* A tape with direct I/O, whose requests come with locked pages. */
#include <ntddk.h>

DRIVER_DISPATCH TapeRead, TapeWrite, TapeControl, TapeFlush, TapeLater;
IO_COMPLETION_ROUTINE TapeForwarded;

static NTSTATUS TapeFinish(PIRP Irp, NTSTATUS Status)
{
	Irp->IoStatus.Status = Status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return Status;
}

NTSTATUS TapeRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	UNREFERENCED_PARAMETER(Device);
	__try {
		MmProbeAndLockPages(Irp->MdlAddress, UserMode, /* expect: win-mdl-relock-irp "locks it a second time" */
				    IoWriteAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return TapeFinish(Irp, GetExceptionCode());
	}
	return TapeFinish(Irp, STATUS_SUCCESS);
}

/* Through a variable, and after it was used. */
/* trap: win-mdl-relock-irp own-request */
NTSTATUS TapeWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PMDL mdl = Irp->MdlAddress;
	PUCHAR data;

	UNREFERENCED_PARAMETER(Device);
	if (mdl == NULL) /* note: win-mdl-relock-irp "`mdl == NULL` is false" */
		return TapeFinish(Irp, STATUS_INVALID_PARAMETER);
	data = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
	if (data == NULL)
		return TapeFinish(Irp, STATUS_INSUFFICIENT_RESOURCES);
	data[0] = 0;
	MmUnlockPages(mdl); /* expect: win-mdl-relock-irp "mdl came with the request and is unlocked by" */
	return TapeFinish(Irp, STATUS_SUCCESS);
}

/* METHOD_OUT_DIRECT: there is an MDL already. */
/* trap: win-mdl-relock-irp own-mdl-in-request */
NTSTATUS TapeControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	UNREFERENCED_PARAMETER(Device);
	IoFreeMdl(Irp->MdlAddress); /* expect: win-mdl-relock-irp "Irp->MdlAddress came with the request and is freed" */
	Irp->MdlAddress = NULL;
	return TapeFinish(Irp, STATUS_SUCCESS);
}

/* The pages are those of the process, not of pool. */
NTSTATUS TapeFlush(PDEVICE_OBJECT Device, PIRP Irp)
{
	UNREFERENCED_PARAMETER(Device);
	MmBuildMdlForNonPagedPool(Irp->MdlAddress); /* expect: win-mdl-relock-irp "describes its pages already" */
	return TapeFinish(Irp, STATUS_SUCCESS);
}

/* Pending requests are still the I/O manager's. */
NTSTATUS TapeLater(PDEVICE_OBJECT Device, PIRP Irp)
{
	IoMarkIrpPending(Irp);
	MmUnlockPages(Irp->MdlAddress); /* expect: win-mdl-relock-irp "MmUnlockPages" */
	IoStartPacket(Device, Irp, NULL, NULL);
	return STATUS_PENDING;
}
