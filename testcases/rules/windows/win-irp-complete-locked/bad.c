/* Requests that leave the driver under its lock. */
#include <ntddk.h>

typedef struct _DESK {
	KSPIN_LOCK Lock;
	PIRP Current;
	PDEVICE_OBJECT Lower;
	ULONG Served;
} DESK, *PDESK;

VOID DeskServe(PDESK Desk)
{
	KIRQL irql;

	KeAcquireSpinLock(&Desk->Lock, &irql); /* note: win-irp-complete-locked "Desk->Lock" */
	if (Desk->Current) {
		Desk->Current->IoStatus.Status = STATUS_SUCCESS;
		IoCompleteRequest(Desk->Current, IO_NO_INCREMENT); /* expect: win-irp-complete-locked "Desk->Lock" */
		Desk->Current = NULL;
	}
	KeReleaseSpinLock(&Desk->Lock, irql);
}

static NTSTATUS DeskSend(PDESK Desk, PIRP Irp)
{
	IoSkipCurrentIrpStackLocation(Irp);
	return IoCallDriver(Desk->Lower, Irp);
}

/* By a helper. */
NTSTATUS DeskPass(PDESK Desk, PIRP Irp)
{
	KLOCK_QUEUE_HANDLE handle;
	NTSTATUS status;

	KeAcquireInStackQueuedSpinLock(&Desk->Lock, &handle);
	Desk->Served++;
	status = DeskSend(Desk, Irp); /* expect: win-irp-complete-locked "IoCallDriver" */
	KeReleaseInStackQueuedSpinLock(&handle);
	return status;
}

/* trap: win-irp-complete-locked released-between
 * Taken again a line too early. */
VOID DeskNext(PDESK Desk, PIRP Irp)
{
	KIRQL irql;

	KeAcquireSpinLock(&Desk->Lock, &irql);
	Desk->Current = NULL;
	KeReleaseSpinLock(&Desk->Lock, irql);
	KeAcquireSpinLock(&Desk->Lock, &irql);
	IoCompleteRequest(Irp, IO_NO_INCREMENT); /* expect: win-irp-complete-locked "Desk->Lock" */
	Desk->Served++;
	KeReleaseSpinLock(&Desk->Lock, irql);
}

/* trap: win-irp-complete-locked cancel-lock
 * The driver's own lock is held, too. */
VOID DeskCancel(PDESK Desk, PIRP Irp)
{
	KIRQL irql;

	KeAcquireSpinLock(&Desk->Lock, &irql);
	if (IoSetCancelRoutine(Irp, NULL)) {
		Irp->IoStatus.Status = STATUS_CANCELLED;
		Irp->IoStatus.Information = 0;
		IoCompleteRequest(Irp, IO_NO_INCREMENT); /* expect: win-irp-complete-locked "Desk->Lock" */
	}
	KeReleaseSpinLock(&Desk->Lock, irql);
}
