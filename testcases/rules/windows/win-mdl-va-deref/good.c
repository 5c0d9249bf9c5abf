/* A sampler that knows what the original address is for. */
#include <ntddk.h>

DRIVER_DISPATCH ProbeRead, ProbePart, ProbeDma;

#define PROBE_TAG 'borP'

static NTSTATUS ProbeDone(PIRP Irp, NTSTATUS Status)
{
	Irp->IoStatus.Status = Status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return Status;
}

NTSTATUS ProbeRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PUCHAR data;

	UNREFERENCED_PARAMETER(Device);
	data = MmGetSystemAddressForMdlSafe(Irp->MdlAddress, NormalPagePriority | MdlMappingNoExecute);
	if (data == NULL)
		return ProbeDone(Irp, STATUS_INSUFFICIENT_RESOURCES);
	data[0] = 0;
	return ProbeDone(Irp, STATUS_SUCCESS);
}

/* trap: win-mdl-va-deref index-for-calls */
NTSTATUS ProbePart(PDEVICE_OBJECT Device, PIRP Irp)
{
	PUCHAR start = MmGetMdlVirtualAddress(Irp->MdlAddress);
	ULONG_PTR offset = (ULONG_PTR)start & (PAGE_SIZE - 1);
	PMDL part = IoAllocateMdl(start + 512, 512, FALSE, FALSE, NULL);

	UNREFERENCED_PARAMETER(Device);
	if (part == NULL)
		return ProbeDone(Irp, STATUS_INSUFFICIENT_RESOURCES);
	if (offset == 0)
		IoBuildPartialMdl(Irp->MdlAddress, part, start + 512, 512);
	IoFreeMdl(part);
	return ProbeDone(Irp, STATUS_SUCCESS);
}

/* trap: win-mdl-va-deref own-nonpaged-buffer */
NTSTATUS ProbeDma(PDEVICE_OBJECT Device, PIRP Irp)
{
	PVOID block = ExAllocatePoolWithTag(NonPagedPoolNx, 512, PROBE_TAG);
	PMDL mdl;
	PUCHAR data;

	UNREFERENCED_PARAMETER(Device);
	if (block == NULL)
		return ProbeDone(Irp, STATUS_INSUFFICIENT_RESOURCES);
	mdl = IoAllocateMdl(block, 512, FALSE, FALSE, NULL);
	if (mdl != NULL) {
		MmBuildMdlForNonPagedPool(mdl);
		data = MmGetMdlVirtualAddress(mdl);
		data[0] = 1;
		IoFreeMdl(mdl);
	}
	ExFreePoolWithTag(block, PROBE_TAG);
	return ProbeDone(Irp, STATUS_SUCCESS);
}
