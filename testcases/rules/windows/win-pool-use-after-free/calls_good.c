/* Pool that a helper frees, and that nobody uses afterwards. */
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
	Barn->Hay = NULL;
}

ULONG BarnClose(PBARN Barn)
{
	PULONG hay = Barn->Hay;
	ULONG first = hay[0]; /* ok: win-pool-use-after-free */

	BarnEmpty(Barn);
	Barn->Hay = BarnAllocate(64);
	if (Barn->Hay != NULL)
		*(PULONG)Barn->Hay = first; /* ok: win-pool-use-after-free */
	return first;
}

/* Trap: the helper frees it only when it says so. */
static BOOLEAN BarnMaybe(PBARN Barn, PVOID Hay)
{
	if (Barn->Count > 0)
		return FALSE;
	BarnFree(Hay);
	return TRUE;
}

VOID BarnTry(PBARN Barn, PULONG Hay)
{
	if (!BarnMaybe(Barn, Hay))
		Barn->Count = Hay[0]; /* ok: win-pool-use-after-free */
}
