/* Pages in a row, when they are gone. */
#include <ntddk.h>

#define BARN_SIZE (64 * 1024)

typedef struct _BARN {
	PHYSICAL_ADDRESS Highest;
	PVOID Hay;
} BARN, *PBARN;

static NTSTATUS BarnComplete(PIRP Irp, NTSTATUS Status)
{
	Irp->IoStatus.Status = Status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return Status;
}

DRIVER_DISPATCH BarnControl;
IO_WORKITEM_ROUTINE BarnWork;

/* trap: win-contig-late start-device
 * trap: win-contig-late one-page
 * A control request for many pages. */
NTSTATUS BarnControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PBARN barn = Device->DeviceExtension;

	barn->Hay = MmAllocateContiguousMemory(BARN_SIZE, barn->Highest); /* expect: win-contig-late "BarnControl" */
	return BarnComplete(Irp, barn->Hay ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES);
}

/* trap: win-contig-late helper-of-both
 * In the routine itself. */
VOID BarnWork(PDEVICE_OBJECT Device, PVOID Context)
{
	PBARN barn = Context;

	UNREFERENCED_PARAMETER(Device);
	barn->Hay = MmAllocateContiguousMemory(BARN_SIZE, barn->Highest); /* expect: win-contig-late "BarnWork" */
}

VOID BarnEmpty(PBARN Barn)
{
	MmFreeContiguousMemory(Barn->Hay);
}
