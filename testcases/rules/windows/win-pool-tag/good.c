/* One four-character tag for a kind of block, the same at both ends. */
#include <ntddk.h>

#define STAMP_TAG 'mpSt'
#define ALBUM_TAG 'mblA'

typedef struct _STAMP {
	ULONG Year;
	ULONG Tag;
	PUCHAR Text;
} STAMP, *PSTAMP;

NTSTATUS StampPrint(ULONG Length)
{
	PUCHAR text = ExAllocatePoolWithTag(NonPagedPoolNx, Length, STAMP_TAG);

	if (text == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	text[0] = 0;
	ExFreePoolWithTag(text, STAMP_TAG); /* ok: win-pool-tag */
	return STATUS_SUCCESS;
}

NTSTATUS StampCreate(PSTAMP *Out, ULONG Length)
{
	PSTAMP stamp = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(STAMP), ALBUM_TAG);

	if (stamp == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	stamp->Text = ExAllocatePool2(POOL_FLAG_NON_PAGED, Length, STAMP_TAG);
	if (stamp->Text == NULL) {
		ExFreePoolWithTag(stamp, ALBUM_TAG); /* ok: win-pool-tag */
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	*Out = stamp;
	return STATUS_SUCCESS;
}

/* Trap: the tag is in a variable. */
/* trap: win-pool-tag tag-unknown */
PVOID StampAllocate(SIZE_T Length, ULONG Tag)
{
	return ExAllocatePool2(POOL_FLAG_NON_PAGED, Length, Tag); /* ok: win-pool-tag */
}

NTSTATUS StampTest(PSTAMP Stamp, ULONG Length)
{
	PUCHAR text = ExAllocatePool2(POOL_FLAG_NON_PAGED, Length, Stamp->Tag);

	if (text == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	text[0] = 1;
	ExFreePoolWithTag(text, Stamp->Tag); /* ok: win-pool-tag */
	return STATUS_SUCCESS;
}

/* Trap: a free without a tag is legal. */
/* trap: win-pool-tag untagged-free */
NTSTATUS StampUntagged(ULONG Length)
{
	PUCHAR text = ExAllocatePoolWithTag(NonPagedPoolNx, Length, STAMP_TAG);

	if (text == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	text[0] = 1;
	ExFreePool(text); /* ok: win-pool-tag */
	return STATUS_SUCCESS;
}

/* Trap: the same four bytes, written as a number. */
/* trap: win-pool-tag byte-order */
NTSTATUS StampNumber(ULONG Length)
{
	PUCHAR text = ExAllocatePool2(POOL_FLAG_NON_PAGED, Length, 'TEXT');

	if (text == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	text[0] = 1;
	ExFreePoolWithTag(text, 0x54455854); /* ok: win-pool-tag */
	return STATUS_SUCCESS;
}

/* Trap: the allocation was not seen. */
VOID StampDelete(PSTAMP Stamp)
{
	ExFreePoolWithTag(Stamp->Text, STAMP_TAG); /* ok: win-pool-tag */
	ExFreePoolWithTag(Stamp, ALBUM_TAG); /* ok: win-pool-tag */
}

/* Trap: one variable, two blocks, one after the other. */
NTSTATUS StampTwice(ULONG Length)
{
	PVOID block = ExAllocatePool2(POOL_FLAG_NON_PAGED, Length, STAMP_TAG);

	if (block == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	ExFreePoolWithTag(block, STAMP_TAG);
	block = ExAllocatePool2(POOL_FLAG_NON_PAGED, Length, ALBUM_TAG);
	if (block == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	ExFreePoolWithTag(block, ALBUM_TAG); /* ok: win-pool-tag */
	return STATUS_SUCCESS;
}

/* trap: win-pool-tag short-tag */
NTSTATUS StampShort(ULONG Length)
{
	PUCHAR text = ExAllocatePool2(POOL_FLAG_NON_PAGED, Length, 'St');

	if (text == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	text[0] = 1;
	ExFreePoolWithTag(text, 'St'); /* ok: win-pool-tag */
	return STATUS_SUCCESS;
}
