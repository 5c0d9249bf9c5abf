/* Tags that are missing, or differ between the allocation and the free. */
#include <ntddk.h>

#define STAMP_TAG 'mpSt'
#define STAMP_TAG_REVERSED 'tSpm'
#define ALBUM_TAG 'mblA'

typedef struct _STAMP {
	ULONG Year;
	PUCHAR Text;
} STAMP, *PSTAMP;

/* trap: win-pool-tag tag-unknown */
NTSTATUS StampPrint(ULONG Length)
{
	PUCHAR text = ExAllocatePoolWithTag(NonPagedPoolNx, Length, 'AAAA'); /* note: win-pool-tag "text" */

	if (text == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	text[0] = 0;
	ExFreePoolWithTag(text, 'BBBB'); /* expect: win-pool-tag "text" */
	return STATUS_SUCCESS;
}

/* The byte order is turned round in one of the two places. */
/* trap: win-pool-tag byte-order */
NTSTATUS StampSort(const ULONG *Years, ULONG Count)
{
	PULONG copy = ExAllocatePool2(POOL_FLAG_NON_PAGED, Count * sizeof(ULONG), STAMP_TAG); /* note: win-pool-tag "copy" */

	if (copy == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	RtlCopyMemory(copy, Years, Count * sizeof(ULONG));
	ExFreePoolWithTag(copy, STAMP_TAG_REVERSED); /* expect: win-pool-tag "copy" */
	return STATUS_SUCCESS;
}

/* The error path has the tag of another block. */
/* trap: win-pool-tag untagged-free */
NTSTATUS StampCreate(PSTAMP *Out, ULONG Length)
{
	PSTAMP stamp = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(STAMP), ALBUM_TAG); /* note: win-pool-tag "stamp" */

	if (stamp == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	stamp->Text = ExAllocatePool2(POOL_FLAG_NON_PAGED, Length, STAMP_TAG);
	if (stamp->Text == NULL) {
		ExFreePoolWithTag(stamp, STAMP_TAG); /* expect: win-pool-tag "stamp" */
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	*Out = stamp;
	return STATUS_SUCCESS;
}

/* No tag at all. */
PVOID StampAllocate(ULONG Length)
{
	return ExAllocatePoolWithTag(NonPagedPoolNx, Length, 0); /* expect: win-pool-tag */
}

PVOID StampAllocateZeroed(ULONG Length)
{
	return ExAllocatePool2(POOL_FLAG_NON_PAGED, Length, 0); /* expect: win-pool-tag */
}

/* Short, and not the same. */
/* trap: win-pool-tag short-tag */
NTSTATUS StampShort(ULONG Length)
{
	PUCHAR text = ExAllocatePool2(POOL_FLAG_NON_PAGED, Length, 'St'); /* note: win-pool-tag "text" */

	if (text == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	text[0] = 1;
	ExFreePoolWithTag(text, 'Stp'); /* expect: win-pool-tag "text" */
	return STATUS_SUCCESS;
}
