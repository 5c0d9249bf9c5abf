/* Pageable memory at a raised IRQL: a helper allocates it, another raises, another touches it. */
#include <ntddk.h>

#define LOFT_TAG 'tfoL'

typedef struct _LOFT {
	KSPIN_LOCK Lock;
	ULONG Count;
} LOFT, *PLOFT;


static PULONG LoftAllocate(SIZE_T Length)
{
	return ExAllocatePoolWithTag(PagedPool, Length, LOFT_TAG);
}

static KIRQL LoftEnter(PLOFT Loft)
{
	KIRQL irql;

	KeAcquireSpinLock(&Loft->Lock, &irql);
	return irql;
}

static VOID LoftLeave(PLOFT Loft, KIRQL Irql)
{
	KeReleaseSpinLock(&Loft->Lock, Irql);
}

/* Touched here: memory and level both come from helpers. */
NTSTATUS LoftCount(PLOFT Loft)
{
	PULONG boxes = LoftAllocate(64);
	KIRQL irql;

	if (boxes == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	irql = LoftEnter(Loft); /* note: win-paged-access-irql "calls `LoftEnter`" */
	boxes[0] = Loft->Count; /* expect: win-paged-access-irql "boxes" */
	LoftLeave(Loft, irql);
	ExFreePoolWithTag(boxes, LOFT_TAG);
	return STATUS_SUCCESS;
}

/* Touched two calls below: the finding is at the call made under the lock. */
static VOID LoftClear(PULONG Boxes)
{
	RtlZeroMemory(Boxes, 64);
}

static VOID LoftClearAll(PLOFT Loft, PULONG Boxes)
{
	Loft->Count = 0;
	LoftClear(Boxes);
}

NTSTATUS LoftReset(PLOFT Loft)
{
	PULONG boxes = ExAllocatePoolWithTag(PagedPool, 64, LOFT_TAG);
	KIRQL irql;

	if (boxes == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	KeAcquireSpinLock(&Loft->Lock, &irql);
	LoftClearAll(Loft, boxes); /* expect: win-paged-access-irql "boxes" */
	KeReleaseSpinLock(&Loft->Lock, irql);
	ExFreePoolWithTag(boxes, LOFT_TAG);
	return STATUS_SUCCESS;
}
