/* Headers of lookaside lists in resident memory. */
#include <ntddk.h>

#define SHELF_TAG 'flhS'

struct rack {
	ULONG Count;
	PPAGED_LOOKASIDE_LIST Names;
	NPAGED_LOOKASIDE_LIST Books;
};

static NPAGED_LOOKASIDE_LIST rack_labels;

/* trap: win-lookaside-header-paged nonpaged-global */
VOID RackLabels(VOID)
{
	ExInitializeNPagedLookasideList(&rack_labels, NULL, NULL, 0, 32, SHELF_TAG, 0);
}

/* trap: win-lookaside-header-paged right-size */
NTSTATUS RackNames(struct rack *cache)
{
	cache->Names = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(PAGED_LOOKASIDE_LIST), SHELF_TAG);
	if (cache->Names == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	ExInitializePagedLookasideList(cache->Names, NULL, NULL, 0, 64, SHELF_TAG, 0);
	return STATUS_SUCCESS;
}

NTSTATUS RackStart(PDEVICE_OBJECT Device)
{
	struct rack *rack = Device->DeviceExtension;

	ExInitializeNPagedLookasideList(&rack->Books, NULL, NULL, 0, 128, SHELF_TAG, 0);
	return STATUS_SUCCESS;
}

/* The type of the pool is the caller's choice. */
NTSTATUS RackAny(struct rack *cache, POOL_TYPE type)
{
	cache->Names = ExAllocatePoolWithTag(type, sizeof(*cache->Names), SHELF_TAG);
	if (cache->Names == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	ExInitializePagedLookasideList(cache->Names, NULL, NULL, 0, 64, SHELF_TAG, 0);
	return STATUS_SUCCESS;
}

VOID RackStop(struct rack *cache)
{
	ExDeletePagedLookasideList(cache->Names);
	ExFreePoolWithTag(cache->Names, SHELF_TAG);
	ExDeleteNPagedLookasideList(&cache->Books);
	ExDeleteNPagedLookasideList(&rack_labels);
}
