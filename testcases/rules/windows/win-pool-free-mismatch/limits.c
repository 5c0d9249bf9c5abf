/* Known gaps. */
#include <ntddk.h>

#define DEPOT_TAG 'opeD'

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
