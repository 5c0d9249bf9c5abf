/* Memory given back to an allocator that it does not come from, or by an inner address. */
#include <ntddk.h>

#define DEPOT_TAG 'opeD'

typedef struct _DEPOT {
	ULONG Header;
	UCHAR Data[60];
} DEPOT, *PDEPOT;

static UCHAR DepotDefault[16];

/* trap: win-pool-free-mismatch documented */
NTSTATUS DepotTestDma(SIZE_T Length, UCHAR Pattern)
{
	PHYSICAL_ADDRESS highest;
	PUCHAR area;

	highest.QuadPart = 0xFFFFFFFF;
	area = MmAllocateContiguousMemory(Length, highest); /* note: win-pool-free-mismatch "area" */
	if (area == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	RtlFillMemory(area, Length, Pattern);
	ExFreePool(area); /* expect: win-pool-free-mismatch "area" */
	return STATUS_SUCCESS;
}

/* The right function on one path, the wrong one on the other. */
NTSTATUS DepotProbe(SIZE_T Length, BOOLEAN Quick)
{
	NTSTATUS status = STATUS_SUCCESS;
	PVOID block = ExAllocatePool2(POOL_FLAG_NON_PAGED, Length, DEPOT_TAG); /* note: win-pool-free-mismatch "block" */

	if (block == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (Quick) {
		ExFreePoolWithTag(block, DEPOT_TAG);
		return STATUS_SUCCESS;
	}
	RtlZeroMemory(block, Length);
	MmFreeContiguousMemory(block); /* expect: win-pool-free-mismatch "block" */
	return status;
}

/* The pointer has moved away from the start of the block. */
NTSTATUS DepotParse(const UCHAR *Source, ULONG Length)
{
	PUCHAR text = ExAllocatePool2(POOL_FLAG_NON_PAGED, 32, DEPOT_TAG);
	PUCHAR body;

	if (text == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (Length <= 32)
		RtlCopyMemory(text, Source, Length);
	body = text + 4;
	body[0] = 0;
	ExFreePoolWithTag(text + 4, DEPOT_TAG); /* expect: win-pool-free-mismatch "text + 4" */
	return STATUS_SUCCESS;
}

/* A fallback on the stack, freed with the rest. */
NTSTATUS DepotSum(ULONG Length)
{
	DEPOT local;
	PDEPOT depot = &local;

	RtlZeroMemory(depot, sizeof(DEPOT));
	depot->Header = Length;
	ExFreePoolWithTag(depot, DEPOT_TAG); /* expect: win-pool-free-mismatch "depot" */
	return STATUS_SUCCESS;
}

VOID DepotStatic(VOID)
{
	PUCHAR name = DepotDefault;

	name[0] = 0;
	ExFreePoolWithTag(name, DEPOT_TAG); /* expect: win-pool-free-mismatch "name" */
}

/* A pool block put on a lookaside list, whose entries may be larger. */
NTSTATUS DepotDonate(PNPAGED_LOOKASIDE_LIST List)
{
	PDEPOT depot = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(DEPOT), DEPOT_TAG); /* note: win-pool-free-mismatch "depot" */

	if (depot == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	ExFreeToNPagedLookasideList(List, depot); /* expect: win-pool-free-mismatch "depot" */
	return STATUS_SUCCESS;
}

/* trap: win-pool-free-mismatch pages-mdl */
NTSTATUS DepotItem(PDEVICE_OBJECT Device)
{
	PIO_WORKITEM item = IoAllocateWorkItem(Device);

	if (item == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	ExFreePool(item); /* expect: win-pool-free-mismatch "item" */
	return STATUS_SUCCESS;
}

/* An array inside the block: the block itself is taken to be lost. */
NTSTATUS DepotInner(VOID)
{
	PDEPOT depot = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(DEPOT), DEPOT_TAG);

	if (depot == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	depot->Header = 1;
	ExFreePool(depot->Data); /* expect: win-pool-free-mismatch "depot->Data" */
	return STATUS_SUCCESS; /* ok: win-pool-leak */
}

typedef struct _DEPOT_EXTENSION {
	ULONG State;
	UCHAR Name[32];
} DEPOT_EXTENSION, *PDEPOT_EXTENSION;

/* The extension belongs to the device object. */
VOID DepotRemove(PDEVICE_OBJECT Device)
{
	PDEPOT_EXTENSION ext = Device->DeviceExtension;

	ext->State = 0;
	ExFreePoolWithTag(ext, DEPOT_TAG); /* expect: win-pool-free-mismatch "ext" */
}
