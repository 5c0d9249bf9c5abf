/* Lookaside lists initialised with reserved arguments, sizes or callbacks that do not fit. */
#include <ntddk.h>

#define NEST_TAG 'tseN'

typedef struct _EGG {
	LIST_ENTRY Link;
	ULONG Weight;
	UCHAR Marks[20];
} EGG, *PEGG;

typedef struct _NEST {
	NPAGED_LOOKASIDE_LIST Eggs, Chicks;
	PAGED_LOOKASIDE_LIST Names;
} NEST, *PNEST;

static PVOID NTAPI NestAllocate(POOL_TYPE Type, SIZE_T Length, ULONG Tag)
{
	return ExAllocatePoolWithTag(Type, Length, Tag);
}

static VOID NTAPI NestFree(PVOID Block)
{
	ExFreePool(Block);
}

/* The depth is chosen by the system. */
VOID NestDepth(PNEST Nest)
{
	ExInitializeNPagedLookasideList(&Nest->Eggs, NULL, NULL, 0, sizeof(EGG), NEST_TAG, 32); /* expect: win-lookaside-args */ /* note: win-lookaside-args "the depth given to" */
}

/* trap: win-lookaside-args newer-flags */
VOID NestFlags(PNEST Nest)
{
	ExInitializePagedLookasideList(&Nest->Names, NULL, NULL, 1, 64, NEST_TAG, 0); /* expect: win-lookaside-args */
}

/* One callback without the other. */
VOID NestOnlyAllocate(PNEST Nest)
{
	ExInitializeNPagedLookasideList(&Nest->Eggs, NestAllocate, NULL, 0, sizeof(EGG), NEST_TAG, 0); /* expect: win-lookaside-args */
}

/* trap: win-lookaside-args unknown-values */
VOID NestOnlyFree(PNEST Nest)
{
	ExInitializePagedLookasideList(&Nest->Names, NULL, NestFree, 0, 64, NEST_TAG, 0); /* expect: win-lookaside-args */
}
