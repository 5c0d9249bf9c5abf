/* Trap: the test is in a callee. */
#include <ntddk.h>

#define CRANE_TAG 'narC'

typedef struct _CRANE {
	ULONG Load, Height;
} CRANE, *PCRANE;

static BOOLEAN CraneUsable(PCRANE Crane)
{
	return Crane != NULL;
}

ULONG CraneMeasure(VOID)
{
	PCRANE crane = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(CRANE), CRANE_TAG);
	ULONG height;

	if (!CraneUsable(crane))
		return 0; /* ok: win-pool-leak */
	height = crane->Height; /* ok: win-null-unchecked */
	ExFreePoolWithTag(crane, CRANE_TAG);
	return height;
}
