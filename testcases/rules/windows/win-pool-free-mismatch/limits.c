/* Known gaps. */
#include <ntddk.h>

#define DEPOT_TAG 'opeD'

typedef struct _DEPOT {
	ULONG Header;
	UCHAR Data[60];
} DEPOT, *PDEPOT;

typedef struct _DEPOT_EXTENSION {
	ULONG State;
	UCHAR Name[32];
} DEPOT_EXTENSION, *PDEPOT_EXTENSION;

/* The extension belongs to the device object. */
VOID DepotRemove(PDEVICE_OBJECT Device)
{
	PDEPOT_EXTENSION ext = Device->DeviceExtension;

	ext->State = 0;
	ExFreePoolWithTag(ext, DEPOT_TAG); /* todo-expect: win-pool-free-mismatch "ext" */
}

/* An array inside the block: the block itself is taken to be lost. */
NTSTATUS DepotInner(VOID)
{
	PDEPOT depot = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(DEPOT), DEPOT_TAG);

	if (depot == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	depot->Header = 1;
	ExFreePool(depot->Data); /* todo-expect: win-pool-free-mismatch "depot->Data" */
	return STATUS_SUCCESS; /* ok: win-pool-leak */
}
