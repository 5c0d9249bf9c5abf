/* A helper gives the request away, and nobody uses it afterwards. */
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

static ULONG DepotLength(PIRP Irp)
{
	return IoGetCurrentIrpStackLocation(Irp)->Parameters.Write.Length;
}

DRIVER_DISPATCH DepotFlush;

NTSTATUS DepotFlush(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;
	ULONG length = DepotLength(Irp); /* ok: win-irp-use-after */

	depot->Count += length;
	return DepotFinish(Irp, STATUS_SUCCESS, length); /* ok: win-irp-use-after */
}

/* Trap: the helper completes it only when it says so. */
static BOOLEAN DepotReject(PDEPOT Depot, PIRP Irp)
{
	if (Depot->Count > 0)
		return FALSE;
	DepotFinish(Irp, STATUS_DEVICE_NOT_READY, 0);
	return TRUE;
}

DRIVER_DISPATCH DepotWrite;

NTSTATUS DepotWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;

	if (DepotReject(depot, Irp))
		return STATUS_DEVICE_NOT_READY;
	depot->Count -= DepotLength(Irp); /* ok: win-irp-use-after */
	return DepotFinish(Irp, STATUS_SUCCESS, 0); /* ok: win-irp-use-after */
}

/* Trap: the address goes to a helper that does not follow it. */
static VOID DepotTrace(const VOID *Request, NTSTATUS Status)
{
	DbgPrint("%p: %x\n", Request, Status);
}

DRIVER_DISPATCH DepotRead;

NTSTATUS DepotRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;
	NTSTATUS status = DepotFinish(Irp, STATUS_SUCCESS, depot->Count);

	DepotTrace(Irp, status); /* ok: win-irp-use-after */
	return status;
}
