/* Helpers that call each other complete the request; it is used before. */
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

static NTSTATUS DepotRetry(PDEPOT Depot, PIRP Irp, ULONG Rest);

static NTSTATUS DepotTry(PDEPOT Depot, PIRP Irp, ULONG Rest)
{
	if (Depot->Count > 0 || Rest == 0)
		return DepotFinish(Irp, STATUS_SUCCESS, 0);
	return DepotRetry(Depot, Irp, Rest);
}

static NTSTATUS DepotRetry(PDEPOT Depot, PIRP Irp, ULONG Rest)
{
	Depot->Count += Rest;
	return DepotTry(Depot, Irp, Rest - 1);
}

DRIVER_DISPATCH DepotWrite;

NTSTATUS DepotWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;
	NTSTATUS status;

	Irp->IoStatus.Information = 1; /* ok: win-irp-use-after */
	status = DepotTry(depot, Irp, 3);
	return status;
}
