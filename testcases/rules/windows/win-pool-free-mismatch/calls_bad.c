/* Memory from one wrapper, freed by the wrong one. */
#include <ntddk.h>

#define BARN_TAG 'nraB'

typedef struct _BARN {
	ULONG Count;
} BARN, *PBARN;

static PVOID BarnContiguous(SIZE_T Length)
{
	PHYSICAL_ADDRESS highest;

	highest.QuadPart = 0xFFFFFFFF;
	return MmAllocateContiguousMemory(Length, highest);
}

static VOID BarnFree(PVOID Hay)
{
	ExFreePoolWithTag(Hay, BARN_TAG);
}

NTSTATUS BarnFill(PBARN Barn)
{
	PULONG hay = BarnContiguous(PAGE_SIZE);

	if (hay == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	hay[0] = Barn->Count;
	BarnFree(hay); /* expect: win-pool-free-mismatch "hay" */
	return STATUS_SUCCESS;
}
