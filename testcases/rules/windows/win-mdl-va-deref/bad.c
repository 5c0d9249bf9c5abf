/* A sampler that writes where the program's buffer is for the program. */
#include <ntddk.h>

DRIVER_DISPATCH SampleRead, SampleWrite, SampleFlush;

static UCHAR sample_store[512];

static NTSTATUS SampleDone(PIRP Irp, NTSTATUS Status)
{
	Irp->IoStatus.Status = Status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return Status;
}

/* trap: win-mdl-va-deref index-for-calls */
NTSTATUS SampleRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PUCHAR data = MmGetMdlVirtualAddress(Irp->MdlAddress); /* note: win-mdl-va-deref "data is the address that the caller has for" */

	UNREFERENCED_PARAMETER(Device);
	data[0] = 0; /* expect: win-mdl-va-deref "data is the address that the caller's process has" */
	return SampleDone(Irp, STATUS_SUCCESS);
}

NTSTATUS SampleWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PMDL mdl = Irp->MdlAddress;
	PVOID data;

	UNREFERENCED_PARAMETER(Device);
	if (mdl == NULL)
		return SampleDone(Irp, STATUS_INVALID_PARAMETER);
	data = MmGetMdlVirtualAddress(mdl);
	RtlCopyMemory(sample_store, data, sizeof(sample_store)); /* expect: win-mdl-va-deref "RtlCopyMemory reads from" */
	return SampleDone(Irp, STATUS_SUCCESS);
}

/* As the target of a copy. */
/* trap: win-mdl-va-deref own-nonpaged-buffer */
NTSTATUS SampleFlush(PDEVICE_OBJECT Device, PIRP Irp)
{
	PVOID data = MmGetMdlVirtualAddress(Irp->MdlAddress);

	UNREFERENCED_PARAMETER(Device);
	RtlZeroMemory(data, 512); /* expect: win-mdl-va-deref "data" */
	return SampleDone(Irp, STATUS_SUCCESS);
}
