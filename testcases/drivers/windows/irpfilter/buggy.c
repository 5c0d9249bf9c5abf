// SPDX-License-Identifier: GPL-2.0
/*
 * A filter that can hold back the reads of the device below it.
 *
 * While the gate is closed reads wait in a queue and may be cancelled there;
 * one request can wait for the gate to open.
 */
#include <wdm.h>

#define GATE_TAG   'etaG'
#define GATE_BLOCK 512

#define GATE_CODE(function) CTL_CODE(FILE_DEVICE_UNKNOWN, 0xa00 + (function), METHOD_NEITHER, FILE_ANY_ACCESS)
#define GATE_IOC_OPEN	    GATE_CODE(0)
#define GATE_IOC_CLOSE	    GATE_CODE(1)
#define GATE_IOC_WAIT	    GATE_CODE(2) /* until the gate opens */
#define GATE_IOC_PROBE	    GATE_CODE(3) /* start reading the first block */
#define GATE_IOC_VERSION    GATE_CODE(4) /* asked of the device below */

typedef struct _GATE_EXTENSION {
	PDEVICE_OBJECT Self;
	PDEVICE_OBJECT Lower;
	IO_REMOVE_LOCK RemoveLock;
	LONG Passed;
	LONG Sum; /* of the first block */
	ULONG Version;

	KSPIN_LOCK QueueLock; /* up to Idle */
	BOOLEAN Open;
	LIST_ENTRY Queue; /* of reads, while the gate is closed */
	ULONG InFlight;
	ULONG64 Bytes;
	KEVENT Idle; /* no read is in flight */

	PIRP WaitIrp; /* the cancel spin lock protects this and Removing */
	BOOLEAN Removing;
} GATE_EXTENSION, *PGATE_EXTENSION;

/* A queued read carries one in its DriverContext[0]. */
typedef struct _GATE_RECORD {
	LARGE_INTEGER Since;
} GATE_RECORD, *PGATE_RECORD;

typedef struct _GATE_PROBE {
	PGATE_EXTENSION Ext;
	UCHAR Block[GATE_BLOCK];
} GATE_PROBE, *PGATE_PROBE;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD GateUnload;
DRIVER_ADD_DEVICE GateAddDevice;
DRIVER_DISPATCH GatePass;
DRIVER_DISPATCH GatePower;
DRIVER_DISPATCH GatePnp;
DRIVER_DISPATCH GateRead;
DRIVER_DISPATCH GateControl;
DRIVER_CANCEL GateCancelRead;
DRIVER_CANCEL GateCancelWait;
IO_COMPLETION_ROUTINE GateSignal;
IO_COMPLETION_ROUTINE GateReadDone;
IO_COMPLETION_ROUTINE GateProbeDone;

static NTSTATUS GateComplete(PIRP Irp, NTSTATUS status)
{
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

/* Complete a request that holds the remove lock. */
static NTSTATUS GateFinish(PGATE_EXTENSION ext, PIRP Irp, NTSTATUS status)
{
	GateComplete(Irp, status);
	IoReleaseRemoveLock(&ext->RemoveLock, Irp);
	return status;
}

NTSTATUS GatePass(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PGATE_EXTENSION ext = DeviceObject->DeviceExtension;
	NTSTATUS status;

	status = IoAcquireRemoveLock(&ext->RemoveLock, Irp);
	if (!NT_SUCCESS(status)) {
		Irp->IoStatus.Status = STATUS_DELETE_PENDING;
		Irp->IoStatus.Information = 0;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
		return STATUS_DEVICE_REMOVED; /* expect: win-irp-status-mismatch "Irp" */
	}

	IoSkipCurrentIrpStackLocation(Irp);
	status = IoCallDriver(ext->Lower, Irp); /* note: win-irp-use-after "Irp" */
	if (NT_SUCCESS(Irp->IoStatus.Status)) /* expect: win-irp-use-after "Irp" */
		InterlockedIncrement(&ext->Passed);
	IoReleaseRemoveLock(&ext->RemoveLock, Irp); /* the address is only a name here */
	return status;
}

NTSTATUS GatePower(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PGATE_EXTENSION ext = DeviceObject->DeviceExtension;
	NTSTATUS status;

	status = IoAcquireRemoveLock(&ext->RemoveLock, Irp);
	if (!NT_SUCCESS(status)) {
		PoStartNextPowerIrp(Irp);
		return GateComplete(Irp, status);
	}
	PoStartNextPowerIrp(Irp);
	IoSkipCurrentIrpStackLocation(Irp);
	status = PoCallDriver(ext->Lower, Irp);
	IoReleaseRemoveLock(&ext->RemoveLock, Irp);
	return status;
}

/* Whoever sent the request waits for this and then has it back. */
NTSTATUS GateSignal(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context)
{
	PKEVENT event = Context;

	UNREFERENCED_PARAMETER(DeviceObject);
	UNREFERENCED_PARAMETER(Irp);

	KeSetEvent(event, IO_NO_INCREMENT, TRUE); /* expect: win-setevent-wait-true "KeSetEvent" */
	return STATUS_MORE_PROCESSING_REQUIRED;
}

static NTSTATUS GateForwardAndWait(PGATE_EXTENSION ext, PIRP Irp)
{
	NTSTATUS status;
	KEVENT event;

	KeInitializeEvent(&event, NotificationEvent, FALSE);
	IoCopyCurrentIrpStackLocationToNext(Irp);
	IoSetCompletionRoutine(Irp, GateSignal, &event, TRUE, TRUE, TRUE);
	status = IoCallDriver(ext->Lower, Irp);
	if (status == STATUS_PENDING) {
		KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, NULL);
		status = Irp->IoStatus.Status;
	}
	return status;
}

/* One read came back from below. */
NTSTATUS GateReadDone(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context)
{
	PGATE_EXTENSION ext = Context;
	KIRQL irql;

	UNREFERENCED_PARAMETER(DeviceObject);

	if (Irp->PendingReturned)
		IoMarkIrpPending(Irp);

	KeAcquireSpinLock(&ext->QueueLock, &irql); /* note: win-spinlock-held-on-exit "ext->QueueLock" */
	if (--ext->InFlight == 0)
		KeSetEvent(&ext->Idle, IO_NO_INCREMENT, FALSE);
	if (!NT_SUCCESS(Irp->IoStatus.Status)) {
		IoReleaseRemoveLock(&ext->RemoveLock, Irp);
		return STATUS_CONTINUE_COMPLETION; /* expect: win-spinlock-held-on-exit "ext->QueueLock" */
	}
	if (Irp->MdlAddress)
		ext->Bytes += Irp->MdlAddress->ByteCount; /* expect: win-mdl-field-access "ByteCount" */
	KeReleaseSpinLock(&ext->QueueLock, irql);

	IoReleaseRemoveLock(&ext->RemoveLock, Irp);
	return STATUS_CONTINUE_COMPLETION;
}

/* The read is counted in InFlight and holds the remove lock. */
static NTSTATUS GateForwardRead(PGATE_EXTENSION ext, PIRP Irp)
{
	IoCopyCurrentIrpStackLocationToNext(Irp);
	IoSetCompletionRoutine(Irp, GateReadDone, ext, TRUE, TRUE, TRUE);
	return IoCallDriver(ext->Lower, Irp);
}

static VOID GateFreeRecord(PIRP Irp)
{
	PGATE_RECORD record = Irp->Tail.Overlay.DriverContext[0];

	Irp->Tail.Overlay.DriverContext[0] = NULL;
	if (record)
		ExFreePoolWithTag(record, GATE_TAG);
}

/* A queued read is cancelled; entered with the cancel spin lock held. */
VOID GateCancelRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PGATE_EXTENSION ext = DeviceObject->DeviceExtension;
	KIRQL irql;

	IoReleaseCancelSpinLock(Irp->CancelIrql);

	KeAcquireSpinLock(&ext->QueueLock, &irql);
	RemoveEntryList(&Irp->Tail.Overlay.ListEntry);
	KeReleaseSpinLock(&ext->QueueLock, irql);

	GateFreeRecord(Irp);
	GateFinish(ext, Irp, STATUS_CANCELLED);
}

NTSTATUS GateRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PGATE_EXTENSION ext = DeviceObject->DeviceExtension;
	PGATE_RECORD record;
	NTSTATUS status;
	KIRQL irql;

	status = IoAcquireRemoveLock(&ext->RemoveLock, Irp);
	if (!NT_SUCCESS(status))
		return GateComplete(Irp, status);

	record = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*record), GATE_TAG);
	if (!record)
		return GateFinish(ext, Irp, STATUS_INSUFFICIENT_RESOURCES);
	KeQuerySystemTime(&record->Since);

	KeAcquireSpinLock(&ext->QueueLock, &irql);
	if (ext->Open) {
		ext->InFlight++;
		KeClearEvent(&ext->Idle);
		KeReleaseSpinLock(&ext->QueueLock, irql);
		ExFreePoolWithTag(record, GATE_TAG);
		return GateForwardRead(ext, Irp);
	}

	IoMarkIrpPending(Irp); /* note: win-irp-pending "Irp" */
	Irp->Tail.Overlay.DriverContext[0] = record;
	InsertTailList(&ext->Queue, &Irp->Tail.Overlay.ListEntry);
	IoSetCancelRoutine(Irp, GateCancelRead);
	if (Irp->Cancel && IoSetCancelRoutine(Irp, NULL)) {
		/* cancelled already, and the cancel routine will not be called */
		RemoveEntryList(&Irp->Tail.Overlay.ListEntry);
		KeReleaseSpinLock(&ext->QueueLock, irql);
		GateFreeRecord(Irp);
		GateFinish(ext, Irp, STATUS_CANCELLED);
		return STATUS_CANCELLED; /* expect: win-irp-pending "Irp" */
	}
	KeReleaseSpinLock(&ext->QueueLock, irql);
	return STATUS_PENDING;
}

/* The waiting request is cancelled; entered with the cancel spin lock held. */
VOID GateCancelWait(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PGATE_EXTENSION ext = DeviceObject->DeviceExtension;

	if (ext->WaitIrp == Irp)
		ext->WaitIrp = NULL;
	IoReleaseCancelSpinLock(Irp->CancelIrql);
	GateFinish(ext, Irp, STATUS_CANCELLED);
}

static NTSTATUS GateWait(PGATE_EXTENSION ext, PIRP Irp)
{
	NTSTATUS status;
	KIRQL irql;

	IoAcquireCancelSpinLock(&irql);
	if (Irp->Cancel || ext->WaitIrp || ext->Removing) {
		status = Irp->Cancel ? STATUS_CANCELLED : STATUS_DEVICE_BUSY;
		IoReleaseCancelSpinLock(irql);
		return GateFinish(ext, Irp, status);
	}
	IoMarkIrpPending(Irp);
	IoSetCancelRoutine(Irp, GateCancelWait);
	ext->WaitIrp = Irp;
	IoReleaseCancelSpinLock(irql);
	return STATUS_PENDING;
}

static VOID GateNotify(PGATE_EXTENSION ext)
{
	KIRQL irql;
	PIRP irp;

	IoAcquireCancelSpinLock(&irql);
	irp = ext->WaitIrp;
	if (irp) {
		ext->WaitIrp = NULL;
		IoSetCancelRoutine(irp, NULL);
		IoReleaseCancelSpinLock(irql); /* note: win-spinlock-not-held "cancel spin lock" */
		GateFinish(ext, irp, STATUS_SUCCESS);
	}
	IoReleaseCancelSpinLock(irql); /* expect: win-spinlock-not-held "cancel spin lock" */
}

static VOID GateOpen(PGATE_EXTENSION ext, BOOLEAN removing)
{
	KIRQL cancelIrql, irql;
	PLIST_ENTRY entry;
	PIRP irp;

	IoAcquireCancelSpinLock(&cancelIrql);
	ext->Removing |= removing;
	IoReleaseCancelSpinLock(cancelIrql);

	KeAcquireSpinLock(&ext->QueueLock, &irql);
	ext->Open = TRUE;
	while (!IsListEmpty(&ext->Queue)) {
		entry = RemoveHeadList(&ext->Queue);
		irp = CONTAINING_RECORD(entry, IRP, Tail.Overlay.ListEntry);
		if (!IoSetCancelRoutine(irp, NULL)) {
			/* its cancel routine waits for our lock and unlinks it once more */
			InitializeListHead(entry);
			continue;
		}
		ext->InFlight++;
		KeClearEvent(&ext->Idle);
		KeReleaseSpinLock(&ext->QueueLock, irql);
		GateFreeRecord(irp);
		GateForwardRead(ext, irp);
		KeAcquireSpinLock(&ext->QueueLock, &irql);
	}
	KeReleaseSpinLock(&ext->QueueLock, cancelIrql); /* expect: win-spinlock-oldirql "cancelIrql" */
	GateNotify(ext);
}

/* Closed means that no read is under way any more. */
static NTSTATUS GateClose(PGATE_EXTENSION ext)
{
	KIRQL irql;

	KeAcquireSpinLock(&ext->QueueLock, &irql); /* note: win-wait-at-dispatch "ext->QueueLock" */
	ext->Open = FALSE;
	if (ext->InFlight)
		KeWaitForSingleObject(&ext->Idle, Executive, KernelMode, FALSE, NULL); /* expect: win-wait-at-dispatch "KeWaitForSingleObject" */
	KeReleaseSpinLock(&ext->QueueLock, irql);
	return STATUS_SUCCESS;
}

static NTSTATUS GateQueryVersion(PGATE_EXTENSION ext)
{
	IO_STATUS_BLOCK iosb;
	NTSTATUS status;
	ULONG version = 0;
	KEVENT event;
	PIRP irp;

	KeInitializeEvent(&event, NotificationEvent, FALSE);
	irp = IoBuildDeviceIoControlRequest(GATE_IOC_VERSION, ext->Lower, NULL, 0, &version, sizeof(version),
					    TRUE, &event, &iosb);
	if (!irp)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = IoCallDriver(ext->Lower, irp);
	if (status == STATUS_PENDING) {
		KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, NULL);
		status = iosb.Status;
	}
	if (NT_SUCCESS(status))
		ext->Version = version;
	return status;
}

/* Read from the device below and wait for it; the buffer is nonpaged. */
static NTSTATUS GateReadBlock(PGATE_EXTENSION ext, PVOID block, ULONG length)
{
	PIO_STACK_LOCATION next;
	NTSTATUS status;
	KEVENT event;
	PMDL mdl;
	PIRP irp;

	mdl = IoAllocateMdl(block, length, FALSE, FALSE, NULL); /* note: win-mdl-leak "mdl" */
	if (!mdl)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (!(ext->Lower->Flags & DO_DIRECT_IO))
		return STATUS_NOT_SUPPORTED; /* expect: win-mdl-leak "mdl" */
	MmBuildMdlForNonPagedPool(mdl);

	irp = IoAllocateIrp(ext->Lower->StackSize, FALSE); /* note: win-null-unchecked "irp" */
	irp->MdlAddress = mdl; /* expect: win-null-unchecked "irp" */
	irp->RequestorMode = KernelMode;
	irp->Tail.Overlay.Thread = PsGetCurrentThread();
	next = IoGetNextIrpStackLocation(irp);
	next->MajorFunction = IRP_MJ_READ;
	next->Parameters.Read.Length = length;
	next->Parameters.Read.ByteOffset.QuadPart = 0;

	KeInitializeEvent(&event, NotificationEvent, FALSE);
	IoSetCompletionRoutine(irp, GateSignal, &event, TRUE, TRUE, TRUE);
	status = IoCallDriver(ext->Lower, irp);
	if (status == STATUS_PENDING)
		KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, NULL);
	status = irp->IoStatus.Status;

	IoFreeIrp(irp);
	IoFreeMdl(mdl);
	return status;
}

/* A read of our own is complete; nobody waits for it. */
NTSTATUS GateProbeDone(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context)
{
	PGATE_PROBE probe = Context;
	LONG sum = 0;
	ULONG i;

	UNREFERENCED_PARAMETER(DeviceObject);

	for (i = 0; i < Irp->IoStatus.Information && i < GATE_BLOCK; i++)
		sum += probe->Block[i];
	InterlockedExchange(&probe->Ext->Sum, sum);

	IoFreeMdl(Irp->MdlAddress);
	IoFreeIrp(Irp);
	ExFreePoolWithTag(probe, GATE_TAG); /* note: win-pool-use-after-free "probe" */
	IoReleaseRemoveLock(&probe->Ext->RemoveLock, probe); /* expect: win-pool-use-after-free "probe" */
	return STATUS_MORE_PROCESSING_REQUIRED;
}

static NTSTATUS GateProbe(PGATE_EXTENSION ext)
{
	PIO_STACK_LOCATION next;
	PGATE_PROBE probe;
	NTSTATUS status;
	PIRP irp;

	if (!(ext->Lower->Flags & DO_DIRECT_IO))
		return STATUS_NOT_SUPPORTED;

	probe = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*probe), GATE_TAG); /* note: win-pool-leak "probe" */
	if (!probe)
		return STATUS_INSUFFICIENT_RESOURCES;
	probe->Ext = ext;

	irp = IoAllocateIrp(ext->Lower->StackSize, FALSE);
	if (!irp)
		return STATUS_INSUFFICIENT_RESOURCES; /* expect: win-pool-leak "probe" */
	/* attached to the request; its completion routine frees it */
	if (!IoAllocateMdl(probe->Block, GATE_BLOCK, FALSE, FALSE, irp)) {
		status = STATUS_INSUFFICIENT_RESOURCES;
		goto free_irp;
	}
	MmBuildMdlForNonPagedPool(irp->MdlAddress);

	status = IoAcquireRemoveLock(&ext->RemoveLock, probe);
	if (!NT_SUCCESS(status))
		goto free_mdl;

	next = IoGetNextIrpStackLocation(irp);
	next->MajorFunction = IRP_MJ_READ;
	next->Parameters.Read.Length = GATE_BLOCK;
	next->Parameters.Read.ByteOffset.QuadPart = 0;
	IoSetCompletionRoutine(irp, GateProbeDone, probe, TRUE, TRUE, TRUE);
	IoCallDriver(ext->Lower, irp);
	return STATUS_SUCCESS;

free_mdl:
	IoFreeMdl(irp->MdlAddress);
free_irp:
	IoFreeIrp(irp);
	ExFreePoolWithTag(probe, GATE_TAG);
	return status;
}

NTSTATUS GateControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PGATE_EXTENSION ext = DeviceObject->DeviceExtension;
	NTSTATUS status;

	status = IoAcquireRemoveLock(&ext->RemoveLock, Irp);
	if (!NT_SUCCESS(status))
		return GateComplete(Irp, status);

	switch (stack->Parameters.DeviceIoControl.IoControlCode) {
	case GATE_IOC_OPEN:
		GateOpen(ext, FALSE);
		return GateFinish(ext, Irp, STATUS_SUCCESS);
	case GATE_IOC_CLOSE:
		return GateFinish(ext, Irp, GateClose(ext));
	case GATE_IOC_WAIT:
		return GateWait(ext, Irp);
	case GATE_IOC_PROBE:
		return GateFinish(ext, Irp, GateProbe(ext));
	default:
		IoSkipCurrentIrpStackLocation(Irp);
		status = IoCallDriver(ext->Lower, Irp);
		IoReleaseRemoveLock(&ext->RemoveLock, Irp);
		return status;
	}
}

static VOID GateStarted(PGATE_EXTENSION ext)
{
	PUCHAR block;
	LONG sum = 0;
	ULONG i;

	if (!NT_SUCCESS(GateQueryVersion(ext)))
		ext->Version = 0;

	block = ExAllocatePool2(POOL_FLAG_NON_PAGED, GATE_BLOCK, GATE_TAG);
	if (!block)
		return;
	if (NT_SUCCESS(GateReadBlock(ext, block, GATE_BLOCK))) {
		for (i = 0; i < GATE_BLOCK; i++)
			sum += block[i];
		InterlockedExchange(&ext->Sum, sum);
	}
	ExFreePoolWithTag(block, GATE_TAG);
}

NTSTATUS GatePnp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PGATE_EXTENSION ext = DeviceObject->DeviceExtension;
	NTSTATUS status;

	status = IoAcquireRemoveLock(&ext->RemoveLock, Irp);
	if (!NT_SUCCESS(status))
		return GateComplete(Irp, status);

	switch (stack->MinorFunction) {
	case IRP_MN_START_DEVICE:
		status = GateForwardAndWait(ext, Irp);
		if (NT_SUCCESS(status))
			GateStarted(ext);
		Irp->IoStatus.Status = status;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
		IoReleaseRemoveLock(&ext->RemoveLock, Irp);
		return status;
	case IRP_MN_SURPRISE_REMOVAL:
		GateOpen(ext, TRUE);
		Irp->IoStatus.Status = STATUS_SUCCESS;
		IoSkipCurrentIrpStackLocation(Irp);
		status = IoCallDriver(ext->Lower, Irp);
		IoReleaseRemoveLock(&ext->RemoveLock, Irp);
		return status;
	case IRP_MN_REMOVE_DEVICE:
		GateOpen(ext, TRUE);
		IoReleaseRemoveLockAndWait(&ext->RemoveLock, Irp);
		Irp->IoStatus.Status = STATUS_SUCCESS;
		IoSkipCurrentIrpStackLocation(Irp);
		status = IoCallDriver(ext->Lower, Irp);
		IoDetachDevice(ext->Lower);
		IoDeleteDevice(ext->Self);
		return status;
	default:
		IoSkipCurrentIrpStackLocation(Irp);
		status = IoCallDriver(ext->Lower, Irp);
		IoReleaseRemoveLock(&ext->RemoveLock, Irp);
		return status;
	}
}

NTSTATUS GateAddDevice(PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT PhysicalDeviceObject)
{
	PGATE_EXTENSION ext;
	PDEVICE_OBJECT filter;
	NTSTATUS status;

	status = IoCreateDevice(DriverObject, sizeof(*ext), NULL, FILE_DEVICE_UNKNOWN, FILE_DEVICE_SECURE_OPEN, FALSE, /* note: win-device-leak "filter" */
				&filter);
	if (!NT_SUCCESS(status))
		return status;

	ext = filter->DeviceExtension;
	ext->Self = filter;
	ext->Open = TRUE;
	KeInitializeSpinLock(&ext->QueueLock);
	InitializeListHead(&ext->Queue);
	KeInitializeEvent(&ext->Idle, NotificationEvent, TRUE);
	IoInitializeRemoveLock(&ext->RemoveLock, GATE_TAG, 0, 0);

	ext->Lower = IoAttachDeviceToDeviceStack(filter, PhysicalDeviceObject);
	if (!ext->Lower)
		return STATUS_NO_SUCH_DEVICE; /* expect: win-device-leak "filter" */
	filter->DeviceType = ext->Lower->DeviceType;
	filter->Characteristics = ext->Lower->Characteristics;
	filter->Flags |= ext->Lower->Flags & (DO_BUFFERED_IO | DO_DIRECT_IO | DO_POWER_PAGABLE);
	return STATUS_SUCCESS; /* expect: win-devinit-flag "filter" */
}

VOID GateUnload(PDRIVER_OBJECT DriverObject)
{
	UNREFERENCED_PARAMETER(DriverObject);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	ULONG i;

	UNREFERENCED_PARAMETER(RegistryPath);

	for (i = 0; i <= IRP_MJ_MAXIMUM_FUNCTION; i++)
		DriverObject->MajorFunction[i] = GatePass;
	DriverObject->MajorFunction[IRP_MJ_READ] = GateRead;
	DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = GateControl;
	DriverObject->MajorFunction[IRP_MJ_PNP] = GatePnp;
	DriverObject->MajorFunction[IRP_MJ_POWER] = GatePower;
	DriverObject->DriverExtension->AddDevice = GateAddDevice;
	DriverObject->DriverUnload = GateUnload;
	return STATUS_SUCCESS;
}
