/* Pool memory that no path frees, stores or hands on. */
#include <ntddk.h>

#define BIN_TAG 'niBW'

typedef struct _BIN {
	LIST_ENTRY Link;
	PULONG Samples;
	ULONG Count;
} BIN, *PBIN;

/* trap: win-pool-leak callee-owns */
NTSTATUS BinAverage(const ULONG *Samples, ULONG Count, PULONG Average)
{
	PULONG copy = ExAllocatePool2(POOL_FLAG_NON_PAGED, Count * sizeof(ULONG), BIN_TAG); /* note: win-pool-leak "copy" */
	ULONG sum = 0, i;

	if (copy == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	RtlCopyMemory(copy, Samples, Count * sizeof(ULONG));
	for (i = 0; i < Count; i++)
		sum += copy[i];
	if (Count == 0)
		return STATUS_INVALID_PARAMETER; /* expect: win-pool-leak "copy" */
	*Average = sum / Count;
	ExFreePoolWithTag(copy, BIN_TAG);
	return STATUS_SUCCESS;
}

/* The second allocation fails and the first one is forgotten. */
NTSTATUS BinCreate(PBIN *Out, ULONG Count)
{
	PBIN bin = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(BIN), BIN_TAG); /* note: win-pool-leak "bin" */

	if (bin == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	bin->Count = Count;
	bin->Samples = ExAllocatePoolWithTag(NonPagedPoolNx, Count * sizeof(ULONG), BIN_TAG);
	if (bin->Samples == NULL)
		return STATUS_INSUFFICIENT_RESOURCES; /* expect: win-pool-leak "bin" */
	*Out = bin;
	return STATUS_SUCCESS;
}

/* The label of the ladder is one too low. */
NTSTATUS BinCompare(const ULONG *Samples, ULONG Count)
{
	NTSTATUS status = STATUS_SUCCESS;
	PULONG first, second;
	ULONG i;

	first = ExAllocatePool2(POOL_FLAG_NON_PAGED, Count * sizeof(ULONG), BIN_TAG); /* note: win-pool-leak "first" */
	if (first == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	second = ExAllocatePool2(POOL_FLAG_NON_PAGED, Count * sizeof(ULONG), BIN_TAG);
	if (second == NULL) {
		status = STATUS_INSUFFICIENT_RESOURCES;
		goto Done;
	}
	for (i = 0; i < Count; i++) {
		first[i] = Samples[i];
		second[Count - 1 - i] = Samples[i];
	}
	ExFreePoolWithTag(second, BIN_TAG);
	ExFreePoolWithTag(first, BIN_TAG);
Done:
	return status; /* expect: win-pool-leak "first" */
}

/* The handler returns without the cleanup. */
NTSTATUS BinCapture(PVOID UserBuffer, SIZE_T Length, PULONG Sum)
{
	PUCHAR copy = ExAllocatePool2(POOL_FLAG_NON_PAGED, Length, BIN_TAG); /* note: win-pool-leak "copy" */
	SIZE_T i;

	if (copy == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		ProbeForRead(UserBuffer, Length, 1);
		RtlCopyMemory(copy, UserBuffer, Length);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return STATUS_ACCESS_VIOLATION; /* expect: win-pool-leak "copy" */
	}
	*Sum = 0;
	for (i = 0; i < Length; i++)
		*Sum += copy[i];
	ExFreePoolWithTag(copy, BIN_TAG);
	return STATUS_SUCCESS;
}

/* The termination handler looks after one of the two blocks only. */
/* trap: win-pool-leak termination-handler */
NTSTATUS BinMerge(ULONG Count, PULONG Result)
{
	NTSTATUS status = STATUS_SUCCESS;
	PULONG left = NULL, right = NULL;

	__try {
		left = ExAllocatePool2(POOL_FLAG_NON_PAGED, Count * sizeof(ULONG), BIN_TAG);
		if (left == NULL) {
			status = STATUS_INSUFFICIENT_RESOURCES;
			__leave;
		}
		right = ExAllocatePool2(POOL_FLAG_NON_PAGED, Count * sizeof(ULONG), BIN_TAG); /* note: win-pool-leak "right" */
		if (right == NULL) {
			status = STATUS_INSUFFICIENT_RESOURCES;
			__leave;
		}
		*Result = left[0] + right[0];
	} __finally {
		if (left != NULL)
			ExFreePoolWithTag(left, BIN_TAG);
	}
	return status; /* expect: win-pool-leak "right" */
}

/* Nothing frees it at all. */
/* trap: win-pool-leak handed-over */
VOID BinPrint(const ULONG *Samples, ULONG Count)
{
	PULONG copy = ExAllocatePoolZero(NonPagedPoolNx, Count * sizeof(ULONG), BIN_TAG); /* note: win-pool-leak "copy" */

	if (copy == NULL)
		return;
	RtlCopyMemory(copy, Samples, Count * sizeof(ULONG));
	DbgPrint("first sample %lu\n", copy[0]);
} /* expect: win-pool-leak "copy" */

/* Freed under another condition than it was allocated under. */
NTSTATUS BinFilter(PULONG Samples, ULONG Count, BOOLEAN Keep)
{
	PULONG copy = NULL;

	if (Count > 16) {
		copy = ExAllocatePool2(POOL_FLAG_NON_PAGED, Count * sizeof(ULONG), BIN_TAG); /* note: win-pool-leak "copy" */
		if (copy == NULL)
			return STATUS_INSUFFICIENT_RESOURCES;
		RtlCopyMemory(copy, Samples, Count * sizeof(ULONG));
		Samples[0] = copy[Count - 1];
	}
	if (copy != NULL && !Keep)
		ExFreePoolWithTag(copy, BIN_TAG);
	return STATUS_SUCCESS; /* expect: win-pool-leak "copy" */
}

/* The only pointer to it is overwritten. */
NTSTATUS BinReset(BOOLEAN Empty)
{
	PVOID block = ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, BIN_TAG); /* note: win-pool-leak "block" */

	if (block == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (Empty)
		block = NULL;
	if (block != NULL)
		ExFreePoolWithTag(block, BIN_TAG);
	return STATUS_SUCCESS; /* expect: win-pool-leak "block" */
}

/* Copying fills the buffer of the string: it is still the driver's. */
ULONG BinNameHash(PCUNICODE_STRING Name)
{
	UNICODE_STRING copy;
	ULONG hash = 0;

	copy.Length = 0;
	copy.MaximumLength = Name->Length;
	copy.Buffer = ExAllocatePool2(POOL_FLAG_PAGED, Name->Length, BIN_TAG); /* note: win-pool-leak "copy.Buffer" */
	if (copy.Buffer == NULL)
		return 0;
	RtlCopyUnicodeString(&copy, Name);
	RtlHashUnicodeString(&copy, TRUE, HASH_STRING_ALGORITHM_DEFAULT, &hash);
	return hash; /* expect: win-pool-leak "copy.Buffer" */
}
