/* Pool that wrappers allocate, free and keep. */
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
	NTSTATUS status = STATUS_SUCCESS;
	PULONG hay = BarnAllocate(64);

	if (hay == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (Length > 64) {
		status = STATUS_BUFFER_OVERFLOW;
		goto done;
	}
	hay[0] = Length;
	Barn->Count += hay[0];
done:
	BarnFree(hay);
	return status; /* ok: win-pool-leak */
}

/* Trap: the helper takes it over when it succeeds, and the caller frees it when it does not. */
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
	NTSTATUS status;

	if (hay == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = BarnKeep(Barn, hay);
	if (!NT_SUCCESS(status))
		BarnFree(hay);
	return status; /* ok: win-pool-leak */
}

/* Trap: stored through the pointer that the caller gave. */
static NTSTATUS BarnMake(PVOID *Hay)
{
	*Hay = BarnAllocate(64);
	return *Hay ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES; /* ok: win-pool-leak */
}

NTSTATUS BarnUse(PBARN Barn)
{
	PVOID hay;
	NTSTATUS status = BarnMake(&hay);

	if (!NT_SUCCESS(status))
		return status; /* ok: win-pool-leak */
	Barn->Count++;
	BarnFree(hay);
	return STATUS_SUCCESS; /* ok: win-pool-leak */
}
