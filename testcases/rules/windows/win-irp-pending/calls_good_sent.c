/* Trap: the request is kept in a context, and marked through it two calls below. */
#include <ntddk.h>

#define PIGEON_TAG 'gigP'

typedef struct _PIGEON_LETTER {
	PIRP Request;
	ULONG Kind;
} PIGEON_LETTER, *PPIGEON_LETTER;

typedef struct _PIGEON {
	PDEVICE_OBJECT Lower;
	ULONG Kinds;
} PIGEON, *PPIGEON;

IO_COMPLETION_ROUTINE PigeonBack;
DRIVER_DISPATCH PigeonWrite;

NTSTATUS PigeonBack(PDEVICE_OBJECT Device, PIRP Irp, PVOID Context)
{
	PPIGEON_LETTER letter = Context;

	UNREFERENCED_PARAMETER(Device);
	letter->Request->IoStatus.Status = Irp->IoStatus.Status;
	letter->Request->IoStatus.Information = 0;
	IoCompleteRequest(letter->Request, IO_NO_INCREMENT);
	ExFreePoolWithTag(letter, PIGEON_TAG);
	IoFreeIrp(Irp);
	return STATUS_MORE_PROCESSING_REQUIRED;
}

static NTSTATUS PigeonSend(PPIGEON Pigeon, ULONG Kind, PIRP Irp)
{
	PPIGEON_LETTER letter;
	PIRP own = NULL;

	if (Kind > Pigeon->Kinds)
		return STATUS_INVALID_PARAMETER;
	letter = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*letter), PIGEON_TAG);
	if (letter == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	letter->Request = Irp;
	letter->Kind = Kind;
	if (Kind == 1)
		own = IoAllocateIrp(Pigeon->Lower->StackSize, FALSE);
	if (own == NULL) {
		ExFreePoolWithTag(letter, PIGEON_TAG);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	IoMarkIrpPending(letter->Request);
	IoSetCompletionRoutine(own, PigeonBack, letter, TRUE, TRUE, TRUE);
	IoCallDriver(Pigeon->Lower, own);
	return STATUS_PENDING;
}

static NTSTATUS PigeonFinish(PPIGEON Pigeon, PIRP Irp)
{
	NTSTATUS status = PigeonSend(Pigeon, 1, Irp);

	if (status != STATUS_PENDING) {
		Irp->IoStatus.Status = status;
		Irp->IoStatus.Information = 0;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
	}
	return status;
}

NTSTATUS PigeonWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	return PigeonFinish(Device->DeviceExtension, Irp); /* ok: win-irp-pending */
}
