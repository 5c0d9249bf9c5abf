/* Reserved arguments 0, the whole entry's size, both callbacks or none. */
#include <ntddk.h>

#define NEST_TAG 'tseN'
#define NEST_DEPTH 0

typedef struct _EGG {
	LIST_ENTRY Link;
	ULONG Weight;
	UCHAR Marks[20];
} EGG, *PEGG;

typedef struct _NEST {
	NPAGED_LOOKASIDE_LIST Eggs, Chicks;
	PAGED_LOOKASIDE_LIST Names;
	LOOKASIDE_LIST_EX Shells;
} NEST, *PNEST;

static PVOID NTAPI NestAllocate(POOL_TYPE Type, SIZE_T Length, ULONG Tag)
{
	return ExAllocatePoolWithTag(Type, Length, Tag);
}

static VOID NTAPI NestFree(PVOID Block)
{
	ExFreePool(Block);
}

VOID NestPlain(PNEST Nest)
{
	ExInitializeNPagedLookasideList(&Nest->Eggs, NULL, NULL, 0, sizeof(EGG), NEST_TAG, 0); /* ok: win-lookaside-args */
	ExInitializePagedLookasideList(&Nest->Names, NULL, NULL, 0, 64, NEST_TAG, NEST_DEPTH); /* ok: win-lookaside-args */
}

VOID NestCallbacks(PNEST Nest)
{
	ExInitializeNPagedLookasideList(&Nest->Eggs, NestAllocate, NestFree, 0, sizeof(EGG), NEST_TAG, 0); /* ok: win-lookaside-args */
}

/* Trap: since Windows 8 these flags are legal. */
/* trap: win-lookaside-args newer-flags */
VOID NestFlags(PNEST Nest)
{
	ExInitializeNPagedLookasideList(&Nest->Eggs, NULL, NULL, POOL_NX_ALLOCATION, sizeof(EGG), NEST_TAG, 0); /* ok: win-lookaside-args */
	ExInitializeNPagedLookasideList(&Nest->Chicks, NULL, NULL, POOL_NX_ALLOCATION | POOL_RAISE_IF_ALLOCATION_FAILURE, sizeof(EGG), NEST_TAG, 0); /* ok: win-lookaside-args */
}

/* Trap: room for more than the record. */
VOID NestTrailer(PNEST Nest, SIZE_T Extra)
{
	ExInitializeNPagedLookasideList(&Nest->Chicks, NULL, NULL, POOL_NX_ALLOCATION, sizeof(EGG) + Extra, NEST_TAG, 0); /* ok: win-lookaside-args */
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

/* Trap: entries that are pointers. */
VOID NestPointers(PNEST Nest)
{
	ExInitializePagedLookasideList(&Nest->Names, NULL, NULL, 0, sizeof(PEGG), NEST_TAG, 0); /* ok: win-lookaside-args */
}

/* Trap: callbacks and flags that are passed on. */
/* trap: win-lookaside-args unknown-values */
VOID NestPassed(PNEST Nest, PALLOCATE_FUNCTION Allocate, PFREE_FUNCTION Free, ULONG Flags)
{
	ExInitializeNPagedLookasideList(&Nest->Eggs, Allocate, Free, Flags, sizeof(EGG), NEST_TAG, 0); /* ok: win-lookaside-args */
}
