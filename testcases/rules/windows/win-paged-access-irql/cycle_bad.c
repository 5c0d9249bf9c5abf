/* Pageable memory at a raised IRQL: the level is raised at the end of a recursion. */
#include <ntddk.h>

#define LOFT_TAG 'tfoL'

typedef struct _LOFT {
	KSPIN_LOCK Lock;
	ULONG Count;
} LOFT, *PLOFT;

static KIRQL LoftClimb(PLOFT Loft, ULONG Steps);

static KIRQL LoftRest(PLOFT Loft, ULONG Steps)
{
	Loft->Count++;
	return LoftClimb(Loft, Steps - 1);
}

/* On every way out the lock is held. */
static KIRQL LoftClimb(PLOFT Loft, ULONG Steps)
{
	KIRQL irql;

	if (Steps > 0)
		return LoftRest(Loft, Steps);
	KeAcquireSpinLock(&Loft->Lock, &irql);
	return irql;
}

NTSTATUS LoftCount(PLOFT Loft)
{
	PULONG boxes = ExAllocatePoolWithTag(PagedPool, 64, LOFT_TAG);
	KIRQL irql;

	if (boxes == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	irql = LoftClimb(Loft, 3);
	boxes[0] = Loft->Count; /* expect: win-paged-access-irql "boxes" */
	KeReleaseSpinLock(&Loft->Lock, irql);
	ExFreePoolWithTag(boxes, LOFT_TAG);
	return STATUS_SUCCESS;
}
