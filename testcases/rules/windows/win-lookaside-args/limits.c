/* Known gap: the size of the pointer, not of the entry. */
#include <ntddk.h>

#define NEST_TAG 'tseN'

typedef struct _EGG {
	LIST_ENTRY Link;
	ULONG Weight;
} EGG, *PEGG;

typedef struct _NEST {
	NPAGED_LOOKASIDE_LIST Chicks;
} NEST, *PNEST;

VOID NestInit(PNEST Nest)
{
	ExInitializeNPagedLookasideList(&Nest->Chicks, NULL, NULL, POOL_NX_ALLOCATION, sizeof(PEGG), NEST_TAG, 0); /* todo-expect: win-lookaside-args */
}

NTSTATUS NestFill(PNEST Nest)
{
	PEGG egg;

	egg = ExAllocateFromNPagedLookasideList(&Nest->Chicks);
	if (egg == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	egg->Weight = 50;
	ExFreeToNPagedLookasideList(&Nest->Chicks, egg);
	return STATUS_SUCCESS;
}
