/* Functions called above the highest IRQL they are documented for. */
#include <ntddk.h>

#define TOWER_TAG 'rwoT'

typedef struct _TOWER {
	KSPIN_LOCK Lock;
	EX_SPIN_LOCK Map;
	PAGED_LOOKASIDE_LIST Names;
	NPAGED_LOOKASIDE_LIST Bricks;
	UNICODE_STRING Link;
	HANDLE Key;
	PDEVICE_OBJECT Child;
	PVOID Entry;
	ULONG Height;
} TOWER, *PTOWER;

KDEFERRED_ROUTINE TowerDpc;
KSERVICE_ROUTINE TowerIsr;
IO_DPC_ROUTINE TowerDpcForIsr;
IO_COMPLETION_ROUTINE TowerDone;

/* A paged lookaside list in a DPC. */
/* trap: win-irql-too-high entry-unknown */
VOID TowerDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PTOWER tower = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	tower->Entry = ExAllocateFromPagedLookasideList(&tower->Names); /* expect: win-irql-too-high "ExAllocateFromPagedLookasideList" */
}

/* The names of links are paged. */
/* trap: win-irql-too-high newer-limit */
VOID TowerHide(PTOWER Tower)
{
	KIRQL irql;

	KeAcquireSpinLock(&Tower->Lock, &irql);
	Tower->Height = 0;
	IoDeleteSymbolicLink(&Tower->Link); /* expect: win-irql-too-high "IoDeleteSymbolicLink" */
	KeReleaseSpinLock(&Tower->Lock, irql);
}

/* The error path closes under the lock. */
NTSTATUS TowerClose(PTOWER Tower)
{
	KLOCK_QUEUE_HANDLE handle;

	KeAcquireInStackQueuedSpinLock(&Tower->Lock, &handle);
	if (Tower->Height == 0) {
		ZwClose(Tower->Key); /* expect: win-irql-too-high "ZwClose" */
		KeReleaseInStackQueuedSpinLock(&handle);
		return STATUS_INVALID_DEVICE_STATE;
	}
	Tower->Height = 0;
	KeReleaseInStackQueuedSpinLock(&handle);
	return STATUS_SUCCESS;
}

/* Even nonpaged memory is managed at DISPATCH_LEVEL at most. */
BOOLEAN TowerIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	PTOWER tower = Context;

	UNREFERENCED_PARAMETER(Interrupt);
	tower->Entry = ExAllocateFromNPagedLookasideList(&tower->Bricks); /* expect: win-isr-forbidden-call "ExAllocateFromNPagedLookasideList" */
	return TRUE;
}

VOID TowerDpcForIsr(PKDPC Dpc, PDEVICE_OBJECT Device, PIRP Irp, PVOID Context)
{
	PTOWER tower = Device->DeviceExtension;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Irp);
	UNREFERENCED_PARAMETER(Context);
	IoDeleteDevice(tower->Child); /* expect: win-irql-too-high "IoDeleteDevice" */
	tower->Child = NULL;
}

/* Raised by hand. */
/* trap: win-irql-too-high lowered-between */
VOID TowerRaised(PTOWER Tower)
{
	KIRQL irql;

	KeRaiseIrql(DISPATCH_LEVEL, &irql);
	ExFreeToPagedLookasideList(&Tower->Names, Tower->Entry); /* expect: win-irql-too-high "ExFreeToPagedLookasideList" */
	Tower->Entry = NULL;
	KeLowerIrql(irql);
}

/* A look at user memory with the lock held, on one path of two. */
NTSTATUS TowerProbe(PTOWER Tower, PULONG UserHeight, BOOLEAN Shared)
{
	NTSTATUS status = STATUS_SUCCESS;
	KIRQL irql = PASSIVE_LEVEL;

	if (Shared)
		irql = ExAcquireSpinLockShared(&Tower->Map);
	__try {
		ProbeForRead(UserHeight, sizeof(ULONG), sizeof(ULONG)); /* expect: win-irql-too-high "ProbeForRead" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = STATUS_ACCESS_VIOLATION;
	}
	if (Shared)
		ExReleaseSpinLockShared(&Tower->Map, irql);
	return status;
}

/* The driver below may complete the request in its DPC. */
NTSTATUS TowerDone(PDEVICE_OBJECT Device, PIRP Irp, PVOID Context)
{
	PTOWER tower = Context;

	UNREFERENCED_PARAMETER(Device);
	if (Irp->PendingReturned)
		IoMarkIrpPending(Irp);
	ZwClose(tower->Key); /* expect: win-irql-too-high "ZwClose is called at dispatch level (irp-completion)" */
	tower->Key = NULL;
	return STATUS_CONTINUE_COMPLETION;
}
