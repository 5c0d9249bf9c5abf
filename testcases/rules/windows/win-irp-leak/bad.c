/* Requests of the driver's own that are neither sent, kept nor freed. */
#include <wdm.h>

typedef struct _RELAY {
	PDEVICE_OBJECT Lower;
	PIRP Spare;
	BOOLEAN Gone;
	UCHAR Block[512];
} RELAY, *PRELAY;

IO_COMPLETION_ROUTINE RelayDone;

NTSTATUS RelayDone(PDEVICE_OBJECT Device, PIRP Irp, PVOID Context)
{
	UNREFERENCED_PARAMETER(Device);
	UNREFERENCED_PARAMETER(Context);
	IoFreeIrp(Irp);
	return STATUS_MORE_PROCESSING_REQUIRED;
}

/* The check comes after the allocation. */
/* trap: win-irp-leak sent */
NTSTATUS RelayFlush(PRELAY Relay)
{
	PIO_STACK_LOCATION next;
	PIRP irp;

	irp = IoAllocateIrp(Relay->Lower->StackSize, FALSE); /* note: win-irp-leak "irp" */
	if (irp == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (Relay->Gone)
		return STATUS_DELETE_PENDING; /* expect: win-irp-leak "irp" */
	next = IoGetNextIrpStackLocation(irp);
	next->MajorFunction = IRP_MJ_FLUSH_BUFFERS;
	IoSetCompletionRoutine(irp, RelayDone, NULL, TRUE, TRUE, TRUE);
	return IoCallDriver(Relay->Lower, irp);
}

/* No MDL: the request that it was for is forgotten. */
NTSTATUS RelayRead(PRELAY Relay)
{
	PIRP irp = IoAllocateIrp(Relay->Lower->StackSize, FALSE); /* note: win-irp-leak "irp" */
	PIO_STACK_LOCATION next;
	PMDL mdl;

	if (irp == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	next = IoGetNextIrpStackLocation(irp);
	next->MajorFunction = IRP_MJ_READ;
	next->Parameters.Read.Length = sizeof(Relay->Block);
	mdl = IoAllocateMdl(Relay->Block, sizeof(Relay->Block), FALSE, FALSE, NULL);
	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES; /* expect: win-irp-leak "irp" */
	IoFreeMdl(mdl);
	IoFreeIrp(irp);
	return STATUS_SUCCESS;
}

/* trap: win-irp-leak kept */
NTSTATUS RelayPrepare(PRELAY Relay)
{
	PIRP irp = IoAllocateIrp(Relay->Lower->StackSize, FALSE); /* note: win-irp-leak "irp" */

	if (irp == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	irp->RequestorMode = KernelMode;
	return STATUS_SUCCESS; /* expect: win-irp-leak "irp" */
}
