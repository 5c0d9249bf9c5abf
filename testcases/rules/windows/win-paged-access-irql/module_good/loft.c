/* Another file of the driver allocates resident memory. */
#include "loft.h"

NTSTATUS LoftCount(PLOFT Loft)
{
	PULONG boxes = LoftAllocate(64);
	KIRQL irql;

	if (boxes == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	KeAcquireSpinLock(&Loft->Lock, &irql);
	boxes[0] = Loft->Count; /* ok: win-paged-access-irql */
	KeReleaseSpinLock(&Loft->Lock, irql);
	ExFreePoolWithTag(boxes, LOFT_TAG);
	return STATUS_SUCCESS;
}
