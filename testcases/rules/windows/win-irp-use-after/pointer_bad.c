/* Completed through a table of functions. */
#include <ntddk.h>

typedef struct _DEPOT {
	PDEVICE_OBJECT Lower;
	LIST_ENTRY Queue;
	KSPIN_LOCK Lock;
	PIRP Current;
	ULONG Count;
} DEPOT, *PDEPOT;

static NTSTATUS DepotFinish(PIRP Irp, NTSTATUS Status, ULONG_PTR Information)
{
	Irp->IoStatus.Status = Status;
	Irp->IoStatus.Information = Information;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return Status;
}

typedef struct _DEPOT_OPS {
	NTSTATUS (*Finish)(PIRP Irp, NTSTATUS Status, ULONG_PTR Information);
} DEPOT_OPS;

static const DEPOT_OPS DepotOps = { .Finish = DepotFinish };

DRIVER_DISPATCH DepotWrite;

NTSTATUS DepotWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;
	const DEPOT_OPS *ops = &DepotOps;

	ops->Finish(Irp, STATUS_SUCCESS, 0);
	depot->Count++;
	return Irp->IoStatus.Status; /* expect: win-irp-use-after "Irp" */
}
