/* Pool that a helper frees, used afterwards. */
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

static VOID BarnEmpty(PBARN Barn)
{
	BarnFree(Barn->Hay);
	Barn->Count = 0;
}

ULONG BarnClose(PBARN Barn)
{
	PULONG hay = Barn->Hay;

	BarnEmpty(Barn); /* note: win-pool-use-after-free "calls `BarnEmpty`" */
	return hay[0]; /* expect: win-pool-use-after-free "is used here after it was freed" */
}

/* Freed twice: by a helper, and by the caller. */
NTSTATUS BarnTry(PBARN Barn)
{
	PULONG hay = BarnAllocate(64);

	if (hay == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	hay[0] = Barn->Count;
	BarnFree(hay);
	ExFreePoolWithTag(hay, BARN_TAG); /* expect: win-pool-use-after-free "hay" */
	return STATUS_SUCCESS;
}
