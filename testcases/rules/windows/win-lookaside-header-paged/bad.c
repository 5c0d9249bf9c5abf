/* Headers of lookaside lists where the pager finds them. */
#include <ntddk.h>

#define SHELF_TAG 'flhS'

struct shelf {
	ULONG Count;
	PPAGED_LOOKASIDE_LIST Names;
	NPAGED_LOOKASIDE_LIST Books;
};

static PNPAGED_LOOKASIDE_LIST shelf_labels;

NTSTATUS ShelfNames(struct shelf *cache)
{
	cache->Names = ExAllocatePoolWithTag(PagedPool, sizeof(PAGED_LOOKASIDE_LIST), SHELF_TAG);
	if (cache->Names == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	ExInitializePagedLookasideList(cache->Names, NULL, NULL, 0, 64, SHELF_TAG, 0); /* expect: win-lookaside-header-paged "cache->Names lies in paged pool" */
	return STATUS_SUCCESS;
}

/* As a member of something larger. */
NTSTATUS ShelfCreate(struct shelf **result)
{
	struct shelf *shelf = ExAllocatePool2(POOL_FLAG_PAGED, sizeof(*shelf), SHELF_TAG); /* note: win-lookaside-header-paged "shelf is allocated" */

	if (shelf == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	ExInitializeNPagedLookasideList(&shelf->Books, NULL, NULL, 0, 128, SHELF_TAG, 0); /* expect: win-lookaside-header-paged "shelf->Books lies in paged pool" */
	*result = shelf;
	return STATUS_SUCCESS;
}

/* The pointer is global, the header is not. */
/* trap: win-lookaside-header-paged nonpaged-global */
NTSTATUS ShelfLabels(VOID)
{
	shelf_labels = ExAllocatePoolWithTag(PagedPool, sizeof(*shelf_labels), SHELF_TAG);
	if (shelf_labels == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	ExInitializeNPagedLookasideList(shelf_labels, NULL, NULL, 0, 32, SHELF_TAG, 0); /* expect: win-lookaside-header-paged "shelf_labels" */
	return STATUS_SUCCESS;
}

/* The size of a pointer. */
/* trap: win-lookaside-header-paged right-size */
NTSTATUS ShelfSmall(struct shelf *cache)
{
	cache->Names = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(PPAGED_LOOKASIDE_LIST), SHELF_TAG);
	if (cache->Names == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	ExInitializePagedLookasideList(cache->Names, NULL, NULL, 0, 64, SHELF_TAG, 0); /* expect: win-lookaside-header-paged "smaller than the header" */
	return STATUS_SUCCESS;
}
