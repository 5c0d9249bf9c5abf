/* Memory from wrappers, freed by the one that fits. */
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
	MmFreeContiguousMemory(Hay);
}

NTSTATUS BarnFill(PBARN Barn)
{
	PULONG hay = BarnContiguous(PAGE_SIZE);

	if (hay == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	hay[0] = Barn->Count;
	BarnFree(hay); /* ok: win-pool-free-mismatch */
	return STATUS_SUCCESS;
}
