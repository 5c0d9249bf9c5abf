/* Functions that call each other and leave the level as it was. */
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

/* Only looks at the level. */
static KIRQL LoftClimb(PLOFT Loft, ULONG Steps)
{
	if (Steps > 0)
		return LoftRest(Loft, Steps);
	return KeGetCurrentIrql();
}

NTSTATUS LoftCount(PLOFT Loft)
{
	PULONG boxes = ExAllocatePoolWithTag(PagedPool, 64, LOFT_TAG);
	KIRQL irql;

	if (boxes == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	irql = LoftClimb(Loft, 3);
	boxes[0] = Loft->Count; /* ok: win-paged-access-irql */
	Loft->Count = irql;
	ExFreePoolWithTag(boxes, LOFT_TAG);
	return STATUS_SUCCESS;
}
