/* Frames for a network adapter, in memory that does not stay. */
#include <ntddk.h>

#define QUAY_TAG 'yauQ'

struct quay {
	PMDL Mdl;
	PVOID Copy;
};

NTSTATUS QuayCopy(struct quay *q, SIZE_T length)
{
	PMDL mdl;

	q->Copy = ExAllocatePoolWithTag(PagedPool, length, QUAY_TAG); /* note: win-mdl-build-wrong-memory "q->Copy is allocated here" */
	if (q->Copy == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	mdl = IoAllocateMdl(q->Copy, (ULONG)length, FALSE, FALSE, NULL);
	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(mdl); /* expect: win-mdl-build-wrong-memory "mdl describes paged pool" */
	q->Mdl = mdl;
	return STATUS_SUCCESS;
}

/* The middle of the block. */
NTSTATUS QuayPayload(struct quay *q)
{
	PUCHAR frame = ExAllocatePool2(POOL_FLAG_PAGED, 1514, QUAY_TAG);

	if (frame == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	q->Copy = frame;
	q->Mdl = IoAllocateMdl(frame + 14, 1500, FALSE, FALSE, NULL);
	if (q->Mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(q->Mdl); /* expect: win-mdl-build-wrong-memory "q->Mdl describes paged pool" */
	return STATUS_SUCCESS;
}

/* trap: win-mdl-build-wrong-memory unknown-provenance */
NTSTATUS QuayUser(struct quay *q, PIRP irp, ULONG length)
{
	q->Mdl = IoAllocateMdl(irp->UserBuffer, length, FALSE, FALSE, NULL);
	if (q->Mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(q->Mdl); /* expect: win-mdl-build-wrong-memory "describes memory of a process" */
	return STATUS_SUCCESS;
}

/* trap: win-mdl-build-wrong-memory resident-memory */
NTSTATUS QuayHeader(VOID)
{
	UCHAR header[14];
	PMDL mdl = IoAllocateMdl(header, sizeof(header), FALSE, FALSE, NULL);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(mdl); /* expect: win-mdl-build-wrong-memory "a variable on the stack" */
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}
