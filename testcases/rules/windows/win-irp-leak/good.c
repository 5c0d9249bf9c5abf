/* Requests of the driver's own that are sent, kept or freed on every path. */
#include <wdm.h>

typedef struct _RELAY {
	PDEVICE_OBJECT Lower;
	PIRP Spare;
	BOOLEAN Gone;
} RELAY, *PRELAY;

IO_COMPLETION_ROUTINE RelayDone;
IO_COMPLETION_ROUTINE RelaySignal;

NTSTATUS RelayDone(PDEVICE_OBJECT Device, PIRP Irp, PVOID Context)
{
	UNREFERENCED_PARAMETER(Device);
	UNREFERENCED_PARAMETER(Context);
	IoFreeIrp(Irp);
	return STATUS_MORE_PROCESSING_REQUIRED;
}

NTSTATUS RelaySignal(PDEVICE_OBJECT Device, PIRP Irp, PVOID Context)
{
	UNREFERENCED_PARAMETER(Device);
	UNREFERENCED_PARAMETER(Irp);
	KeSetEvent(Context, IO_NO_INCREMENT, FALSE);
	return STATUS_MORE_PROCESSING_REQUIRED;
}

/* trap: win-irp-leak sent */
NTSTATUS RelayFlush(PRELAY Relay)
{
	PIO_STACK_LOCATION next;
	PIRP irp;

	irp = IoAllocateIrp(Relay->Lower->StackSize, FALSE);
	if (irp == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (Relay->Gone) {
		IoFreeIrp(irp);
		return STATUS_DELETE_PENDING;
	}
	next = IoGetNextIrpStackLocation(irp);
	next->MajorFunction = IRP_MJ_FLUSH_BUFFERS;
	IoSetCompletionRoutine(irp, RelayDone, NULL, TRUE, TRUE, TRUE);
	return IoCallDriver(Relay->Lower, irp);
}

/* It comes back, since the routine says so. */
NTSTATUS RelayFlushNow(PRELAY Relay)
{
	PIO_STACK_LOCATION next;
	NTSTATUS status;
	KEVENT event;
	PIRP irp;

	irp = IoAllocateIrp(Relay->Lower->StackSize, FALSE);
	if (irp == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	next = IoGetNextIrpStackLocation(irp);
	next->MajorFunction = IRP_MJ_FLUSH_BUFFERS;
	KeInitializeEvent(&event, NotificationEvent, FALSE);
	IoSetCompletionRoutine(irp, RelaySignal, &event, TRUE, TRUE, TRUE);
	status = IoCallDriver(Relay->Lower, irp);
	if (status == STATUS_PENDING) {
		KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, NULL);
		status = irp->IoStatus.Status;
	}
	IoFreeIrp(irp);
	return status;
}

/* trap: win-irp-leak kept */
NTSTATUS RelayPrepare(PRELAY Relay)
{
	PIRP irp = IoAllocateIrp(Relay->Lower->StackSize, FALSE);

	if (irp == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	irp->RequestorMode = KernelMode;
	Relay->Spare = irp;
	return STATUS_SUCCESS;
}

VOID RelayRemove(PRELAY Relay)
{
	if (Relay->Spare != NULL)
		IoFreeIrp(Relay->Spare);
	Relay->Spare = NULL;
}
