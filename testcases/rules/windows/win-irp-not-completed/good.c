/* Every path completes the request, passes it on or keeps it. */
#include <ntddk.h>

typedef struct _DEPOT {
	PDEVICE_OBJECT Lower;
	LIST_ENTRY Queue;
	KSPIN_LOCK Lock;
	PIRP Current;
	ULONG Count;
} DEPOT, *PDEPOT;

DRIVER_DISPATCH DepotWrite;

NTSTATUS DepotWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;
	NTSTATUS status = STATUS_SUCCESS;

	if (depot->Count == 0) {
		status = STATUS_INVALID_PARAMETER;
		goto done;
	}
	depot->Count--;
done:
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status; /* ok: win-irp-not-completed */
}

DRIVER_DISPATCH DepotRead;

/* trap: win-irp-not-completed passed-down */
NTSTATUS DepotRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;

	if (depot->Lower == NULL) {
		Irp->IoStatus.Status = STATUS_NO_SUCH_DEVICE;
		Irp->IoStatus.Information = 0;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
		return STATUS_NO_SUCH_DEVICE; /* ok: win-irp-not-completed */
	}
	IoSkipCurrentIrpStackLocation(Irp);
	return IoCallDriver(depot->Lower, Irp); /* ok: win-irp-not-completed */
}

/* Trap: kept in a queue. */
DRIVER_DISPATCH DepotFlush;

/* trap: win-irp-not-completed queued */
NTSTATUS DepotFlush(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;

	IoMarkIrpPending(Irp);
	ExInterlockedInsertTailList(&depot->Queue, &Irp->Tail.Overlay.ListEntry, &depot->Lock);
	return STATUS_PENDING; /* ok: win-irp-not-completed */
}

DRIVER_DISPATCH DepotStart;

/* trap: win-irp-not-completed start-packet */
NTSTATUS DepotStart(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;

	depot->Count++;
	IoMarkIrpPending(Irp);
	IoStartPacket(Device, Irp, NULL, NULL);
	return STATUS_PENDING; /* ok: win-irp-not-completed */
}

/* Trap: kept in the device, for the routine that finishes it. */
DRIVER_DISPATCH DepotHold;

NTSTATUS DepotHold(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;

	IoMarkIrpPending(Irp);
	depot->Current = Irp;
	return STATUS_PENDING; /* ok: win-irp-not-completed */
}

/* Trap: a function of another file gets it. */
NTSTATUS DepotElsewhere(PDEPOT Depot, PIRP Irp);

DRIVER_DISPATCH DepotClose;

/* trap: win-irp-not-completed framework */
NTSTATUS DepotClose(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;
	NTSTATUS status = DepotElsewhere(depot, Irp);

	if (!NT_SUCCESS(status))
		depot->Count = 0;
	return status; /* ok: win-irp-not-completed */
}

/* Trap: waits for the drivers below, and finishes it then. */
DRIVER_DISPATCH DepotPower;

NTSTATUS DepotPower(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;
	NTSTATUS status = STATUS_UNSUCCESSFUL;

	if (IoForwardIrpSynchronously(depot->Lower, Irp))
		status = Irp->IoStatus.Status;
	Irp->IoStatus.Status = status;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status; /* ok: win-irp-not-completed */
}

/* Trap: not a dispatch routine: the caller still has it. */
NTSTATUS DepotCheck(PDEPOT Depot, PIRP Irp)
{
	if (Irp->Cancel)
		return STATUS_CANCELLED; /* ok: win-irp-not-completed */
	return Depot->Count ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL; /* ok: win-irp-not-completed */
}

IO_COMPLETION_ROUTINE DepotDone;

NTSTATUS DepotDone(PDEVICE_OBJECT Device, PIRP Irp, PVOID Context)
{
	UNREFERENCED_PARAMETER(Device);
	UNREFERENCED_PARAMETER(Context);
	if (Irp->PendingReturned)
		IoMarkIrpPending(Irp);
	return STATUS_CONTINUE_COMPLETION;
}

/* Trap: with a completion routine. */
DRIVER_DISPATCH DepotSend;

NTSTATUS DepotSend(PDEVICE_OBJECT Device, PIRP Irp)
{
	PDEPOT depot = Device->DeviceExtension;

	IoCopyCurrentIrpStackLocationToNext(Irp);
	IoSetCompletionRoutine(Irp, DepotDone, NULL, TRUE, TRUE, TRUE);
	return IoCallDriver(depot->Lower, Irp); /* ok: win-irp-not-completed */
}
