/* Another file of the driver allocates pageable memory. */
#include "loft.h"

NTSTATUS LoftCount(PLOFT Loft)
{
	PULONG boxes = LoftAllocate(64);
	KIRQL irql;

	if (boxes == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	KeAcquireSpinLock(&Loft->Lock, &irql);
	boxes[0] = Loft->Count; /* expect: win-paged-access-irql "boxes" */
	KeReleaseSpinLock(&Loft->Lock, irql);
	ExFreePoolWithTag(boxes, LOFT_TAG);
	return STATUS_SUCCESS;
}
