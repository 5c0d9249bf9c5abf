/* Frames for a network adapter, in memory that stays. */
#include <ntddk.h>

#define PIER_TAG 'reiP'

struct pier {
	PMDL Mdl;
	PVOID Copy;
	UCHAR Header[14];
};

static UCHAR pier_padding[64];

NTSTATUS PierCopy(struct pier *p, SIZE_T length)
{
	p->Copy = ExAllocatePoolWithTag(NonPagedPoolNx, length, PIER_TAG);
	if (p->Copy == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	p->Mdl = IoAllocateMdl(p->Copy, (ULONG)length, FALSE, FALSE, NULL);
	if (p->Mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(p->Mdl);
	return STATUS_SUCCESS;
}

/* Paged pool, but locked. */
NTSTATUS PierLocked(struct pier *p, SIZE_T length)
{
	p->Copy = ExAllocatePoolWithTag(PagedPool, length, PIER_TAG);
	if (p->Copy == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	p->Mdl = IoAllocateMdl(p->Copy, (ULONG)length, FALSE, FALSE, NULL);
	if (p->Mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(p->Mdl, KernelMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(p->Mdl);
		p->Mdl = NULL;
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

/* trap: win-mdl-build-wrong-memory resident-memory */
NTSTATUS PierHeader(PDEVICE_OBJECT device)
{
	struct pier *p = device->DeviceExtension;

	p->Mdl = IoAllocateMdl(p->Header, sizeof(p->Header), FALSE, FALSE, NULL);
	if (p->Mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(p->Mdl);
	p->Mdl->Next = IoAllocateMdl(pier_padding, sizeof(pier_padding), FALSE, FALSE, NULL);
	if (p->Mdl->Next != NULL)
		MmBuildMdlForNonPagedPool(p->Mdl->Next);
	return STATUS_SUCCESS;
}

/* trap: win-mdl-build-wrong-memory unknown-provenance */
PMDL PierDescribe(PVOID buffer, ULONG length)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);

	if (mdl != NULL)
		MmBuildMdlForNonPagedPool(mdl);
	return mdl;
}
