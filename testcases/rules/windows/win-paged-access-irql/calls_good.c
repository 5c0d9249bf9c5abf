/* Pageable memory that helpers allocate and touch, always at a low level; and other memory under the lock. */
#include <ntddk.h>

#define LOFT_TAG 'tfoL'

typedef struct _LOFT {
	KSPIN_LOCK Lock;
	ULONG Count;
} LOFT, *PLOFT;


static PULONG LoftAllocate(SIZE_T Length, BOOLEAN Resident)
{
	if (Resident)
		return ExAllocatePoolWithTag(NonPagedPoolNx, Length, LOFT_TAG);
	return ExAllocatePoolWithTag(PagedPool, Length, LOFT_TAG);
}

static VOID LoftClear(PULONG Boxes)
{
	RtlZeroMemory(Boxes, 64); /* ok: win-paged-access-irql */
}

/* Trap: copied before the lock is taken. */
NTSTATUS LoftCount(PLOFT Loft)
{
	PULONG boxes = LoftAllocate(64, FALSE);
	ULONG first;
	KIRQL irql;

	if (boxes == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	LoftClear(boxes);
	first = boxes[0];
	KeAcquireSpinLock(&Loft->Lock, &irql);
	Loft->Count = first; /* ok: win-paged-access-irql */
	KeReleaseSpinLock(&Loft->Lock, irql);
	ExFreePoolWithTag(boxes, LOFT_TAG);
	return STATUS_SUCCESS;
}

/* Trap: the same helper gives resident memory for another argument. */
NTSTATUS LoftReset(PLOFT Loft)
{
	PULONG boxes = LoftAllocate(64, TRUE);
	KIRQL irql;

	if (boxes == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	KeAcquireSpinLock(&Loft->Lock, &irql);
	boxes[0] = Loft->Count; /* ok: win-paged-access-irql */
	LoftClear(boxes); /* ok: win-paged-access-irql */
	KeReleaseSpinLock(&Loft->Lock, irql);
	ExFreePoolWithTag(boxes, LOFT_TAG);
	return STATUS_SUCCESS;
}

/* Trap: the helper has let the lock go when it returns. */
static VOID LoftNote(PLOFT Loft)
{
	KIRQL irql;

	KeAcquireSpinLock(&Loft->Lock, &irql);
	Loft->Count++;
	KeReleaseSpinLock(&Loft->Lock, irql);
}

NTSTATUS LoftFill(PLOFT Loft)
{
	PULONG boxes = LoftAllocate(64, FALSE);

	if (boxes == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	LoftNote(Loft);
	boxes[0] = 1; /* ok: win-paged-access-irql */
	ExFreePoolWithTag(boxes, LOFT_TAG);
	return STATUS_SUCCESS;
}
