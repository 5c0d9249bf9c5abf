/* Called at a level that is allowed, or at one that is not known. */
#include <ntddk.h>

#define TOWER_TAG 'rwoT'

typedef struct _TOWER {
	KSPIN_LOCK Lock;
	FAST_MUTEX Mutex;
	NPAGED_LOOKASIDE_LIST Bricks;
	PAGED_LOOKASIDE_LIST Names;
	UNICODE_STRING Link;
	PIO_WORKITEM Item;
	KEVENT Done;
	KDPC Dpc;
	PVOID Entry;
	PVOID Area;
	ULONG Height;
} TOWER, *PTOWER;

KDEFERRED_ROUTINE TowerDpc;
KSERVICE_ROUTINE TowerIsr;
IO_WORKITEM_ROUTINE TowerWorker;
DRIVER_DISPATCH TowerControl;
IO_COMPLETION_ROUTINE TowerDone;

/* The nonpaged list, events and work items are for DPCs. */
VOID TowerDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PTOWER tower = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	tower->Entry = ExAllocateFromNPagedLookasideList(&tower->Bricks); /* ok: win-irql-too-high */
	KeSetEvent(&tower->Done, IO_NO_INCREMENT, FALSE); /* ok: win-irql-too-high */
	IoQueueWorkItem(tower->Item, TowerWorker, DelayedWorkQueue, tower); /* ok: win-irql-too-high */
}

/* The work item runs at PASSIVE_LEVEL. */
VOID TowerWorker(PDEVICE_OBJECT Device, PVOID Context)
{
	PTOWER tower = Context;

	UNREFERENCED_PARAMETER(Device);
	IoDeleteSymbolicLink(&tower->Link); /* ok: win-irql-too-high */
}

/* Trap: these may be called at any level. */
BOOLEAN TowerIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	PTOWER tower = Context;

	UNREFERENCED_PARAMETER(Interrupt);
	tower->Height++;
	KeInsertQueueDpc(&tower->Dpc, NULL, NULL); /* ok: win-irql-too-high */
	return TRUE;
}

/* Trap: released before the call. */
VOID TowerHide(PTOWER Tower)
{
	KIRQL irql;

	KeAcquireSpinLock(&Tower->Lock, &irql);
	Tower->Height = 0;
	KeReleaseSpinLock(&Tower->Lock, irql);
	IoDeleteSymbolicLink(&Tower->Link); /* ok: win-irql-too-high */
}

/* Trap: lowered in between. */
/* trap: win-irql-too-high lowered-between */
VOID TowerRaised(PTOWER Tower)
{
	KIRQL irql;

	KeRaiseIrql(DISPATCH_LEVEL, &irql);
	Tower->Height++;
	KeLowerIrql(irql);
	ExFreeToPagedLookasideList(&Tower->Names, Tower->Entry); /* ok: win-irql-too-high */
	Tower->Entry = NULL;
}

/* Trap: nothing is known about the level at entry; a dispatch routine may be entered at DISPATCH_LEVEL. */
/* trap: win-irql-too-high entry-unknown */
VOID TowerShow(PTOWER Tower, PUNICODE_STRING Name)
{
	if (!NT_SUCCESS(IoCreateSymbolicLink(&Tower->Link, Name))) /* ok: win-irql-too-high */
		Tower->Height = 0;
}

NTSTATUS TowerControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PTOWER tower = Device->DeviceExtension;

	tower->Entry = ExAllocateFromPagedLookasideList(&tower->Names); /* ok: win-irql-too-high */
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}

/* Trap: older documents want PASSIVE_LEVEL here, today's allow DISPATCH_LEVEL. */
/* trap: win-irql-too-high newer-limit */
VOID TowerContiguous(PTOWER Tower)
{
	PHYSICAL_ADDRESS highest;
	KIRQL irql;

	highest.QuadPart = 0xFFFFFFFF;
	KeAcquireSpinLock(&Tower->Lock, &irql);
	Tower->Area = MmAllocateContiguousMemory(PAGE_SIZE, highest); /* ok: win-irql-too-high */
	KeReleaseSpinLock(&Tower->Lock, irql);
}

/* Trap: APC_LEVEL is low enough for user memory. */
NTSTATUS TowerProbe(PTOWER Tower, PULONG UserHeight)
{
	NTSTATUS status = STATUS_SUCCESS;

	ExAcquireFastMutex(&Tower->Mutex);
	__try {
		ProbeForRead(UserHeight, sizeof(ULONG), sizeof(ULONG)); /* ok: win-irql-too-high */
		Tower->Height = *UserHeight;
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = STATUS_ACCESS_VIOLATION;
	}
	ExReleaseFastMutex(&Tower->Mutex);
	return status;
}

/* Trap: only the branch at a low level makes the call. */
VOID TowerCareful(PTOWER Tower)
{
	if (KeGetCurrentIrql() < DISPATCH_LEVEL)
		IoDeleteSymbolicLink(&Tower->Link); /* ok: win-irql-too-high */
	else
		IoQueueWorkItem(Tower->Item, TowerWorker, DelayedWorkQueue, Tower);
}

/* A completion routine does at once what it may, and the rest only when the level allows it. */
NTSTATUS TowerDone(PDEVICE_OBJECT Device, PIRP Irp, PVOID Context)
{
	PTOWER tower = Context;

	UNREFERENCED_PARAMETER(Device);
	UNREFERENCED_PARAMETER(Irp);
	if (KeGetCurrentIrql() == PASSIVE_LEVEL)
		IoDeleteSymbolicLink(&tower->Link); /* ok: win-irql-too-high */
	else
		IoQueueWorkItem(tower->Item, TowerWorker, DelayedWorkQueue, tower);
	KeSetEvent(&tower->Done, IO_NO_INCREMENT, FALSE); /* ok: win-irql-too-high */
	return STATUS_MORE_PROCESSING_REQUIRED;
}
