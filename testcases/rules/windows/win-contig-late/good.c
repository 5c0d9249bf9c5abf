/* Pages in a row while there are some, or one alone. */
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

DRIVER_DISPATCH BarnPnp;
DRIVER_DISPATCH BarnControl;
DRIVER_DISPATCH BarnFill;

/* trap: win-contig-late start-device */
NTSTATUS BarnPnp(PDEVICE_OBJECT Device, PIRP Irp)
{
	PBARN barn = Device->DeviceExtension;

	if (IoGetCurrentIrpStackLocation(Irp)->MinorFunction == IRP_MN_START_DEVICE)
		barn->Hay = MmAllocateContiguousMemory(BARN_SIZE, barn->Highest); /* ok: win-contig-late */
	return BarnComplete(Irp, STATUS_SUCCESS);
}

/* trap: win-contig-late one-page */
NTSTATUS BarnControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PBARN barn = Device->DeviceExtension;

	barn->Hay = MmAllocateContiguousMemory(PAGE_SIZE, barn->Highest); /* ok: win-contig-late */
	return BarnComplete(Irp, STATUS_SUCCESS);
}

/* trap: win-contig-late helper-of-both */
static VOID BarnStore(PBARN Barn)
{
	if (Barn->Hay == NULL)
		Barn->Hay = MmAllocateContiguousMemory(BARN_SIZE, Barn->Highest); /* ok: win-contig-late */
}

NTSTATUS BarnFill(PDEVICE_OBJECT Device, PIRP Irp)
{
	BarnStore(Device->DeviceExtension);
	return BarnComplete(Irp, STATUS_SUCCESS);
}

VOID BarnEmpty(PBARN Barn)
{
	MmFreeContiguousMemory(Barn->Hay);
}
