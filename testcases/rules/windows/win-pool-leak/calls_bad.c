/* Pool that wrappers allocate and free, forgotten on one path. */
#include <ntddk.h>

#define BARN_TAG 'nraB'

typedef struct _BARN {
	PVOID Hay;
	ULONG Count;
} BARN, *PBARN;

static PVOID BarnAllocate(SIZE_T Length)
{
	PVOID hay = ExAllocatePoolWithTag(NonPagedPoolNx, Length, BARN_TAG);

	if (hay != NULL)
		RtlZeroMemory(hay, Length);
	return hay;
}

static VOID BarnFree(PVOID Hay)
{
	if (Hay != NULL)
		ExFreePoolWithTag(Hay, BARN_TAG);
}

NTSTATUS BarnFill(PBARN Barn, ULONG Length)
{
	PULONG hay = BarnAllocate(64); /* note: win-pool-leak "calls `BarnAllocate`" */

	if (hay == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (Length > 64)
		return STATUS_BUFFER_OVERFLOW; /* expect: win-pool-leak "hay" */
	hay[0] = Length;
	Barn->Count += hay[0];
	BarnFree(hay);
	return STATUS_SUCCESS;
}

/* Two allocations; the label frees one of them. */
NTSTATUS BarnSwap(PBARN Barn)
{
	NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;
	PULONG first = BarnAllocate(64), second;

	if (first == NULL)
		return status;
	second = BarnAllocate(64);
	if (second == NULL)
		return status; /* expect: win-pool-leak "first" */
	Barn->Count = first[0] + second[0];
	BarnFree(second);
	BarnFree(first);
	return STATUS_SUCCESS;
}

/* The helper takes it over only when it succeeds. */
static NTSTATUS BarnKeep(PBARN Barn, PVOID Hay)
{
	if (Barn->Hay != NULL)
		return STATUS_ALREADY_COMMITTED;
	Barn->Hay = Hay;
	return STATUS_SUCCESS;
}

NTSTATUS BarnStore(PBARN Barn)
{
	PVOID hay = BarnAllocate(64);

	if (hay == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	return BarnKeep(Barn, hay); /* todo-expect: win-pool-leak "hay" */
}
