// SPDX-License-Identifier: GPL-2.0
/*
 * A card with input lines, found by plug and play: its interrupt tells that lines
 * changed, a DPC keeps what changed, and reads wait for it.
 */
#include <wdm.h>

#define LINE_TAG      'eniL'
#define LINE_MSEC     100
#define LINE_MAX_KEPT 256
#define LINE_NOISE    8

#define LINE_REG_STATUS 0
#define LINE_REG_STATE	1
#define LINE_REG_MASK	2
#define LINE_OURS	0x01

#define LINE_CODE(function) CTL_CODE(FILE_DEVICE_UNKNOWN, 0xd00 + (function), METHOD_BUFFERED, FILE_ANY_ACCESS)
#define LINE_IOC_WAIT	    LINE_CODE(0) /* until a line changes */
#define LINE_IOC_MASK	    LINE_CODE(1) /* in: ULONG */
#define LINE_IOC_COUNTS	    LINE_CODE(2) /* out: LINE_COUNTS */
#define LINE_IOC_CLEAR	    LINE_CODE(3)
#define LINE_IOC_TRACE	    LINE_CODE(4) /* in: ULONG, how many changes to trace */

typedef struct _LINE_COUNTS {
	ULONG Changes;
	ULONG Lost;
	ULONG Ticks;
} LINE_COUNTS, *PLINE_COUNTS;

typedef struct _LINE_CHANGE {
	LIST_ENTRY Link;
	LARGE_INTEGER Time;
	ULONG State;
} LINE_CHANGE, *PLINE_CHANGE;

typedef struct _LINE_TRACE {
	ULONG Next;
	ULONG Size;
	ULONG States[1];
} LINE_TRACE, *PLINE_TRACE;

typedef struct _LINE_EXTENSION {
	PDEVICE_OBJECT Self;
	PDEVICE_OBJECT Lower;
	PDEVICE_OBJECT Physical;
	UNICODE_STRING Interface;
	IO_REMOVE_LOCK RemoveLock;
	PULONG Registers;
	ULONG RegisterLength;
	PKINTERRUPT Interrupt;

	KDPC ChangeDpc;
	KTIMER PollTimer;
	KDPC PollDpc;

	KSPIN_LOCK ChangeLock; /* taken before CountLock */
	LIST_ENTRY Changes;
	ULONG Kept;
	PLINE_TRACE Trace;

	KSPIN_LOCK CountLock;
	LINE_COUNTS Counts;
	ULONG LastState;

	KSPIN_LOCK WaitLock;
	PIRP Waiting;
	BOOLEAN Removed;
} LINE_EXTENSION, *PLINE_EXTENSION;

static const GUID LineInterface = {0x5e1c7ab2, 0x93f0, 0x4d1e, {0x8a, 0x51, 0x0c, 0x6e, 0x77, 0x21, 0xd4, 0x3b}};

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD LineUnload;
DRIVER_ADD_DEVICE LineAddDevice;
DRIVER_DISPATCH LineOpenClose;
DRIVER_DISPATCH LineRead;
DRIVER_DISPATCH LineControl;
DRIVER_DISPATCH LinePnp;
DRIVER_DISPATCH LinePower;
DRIVER_CANCEL LineCancelWait;
KSERVICE_ROUTINE LineIsr;
KDEFERRED_ROUTINE LineChanged;
KDEFERRED_ROUTINE LinePoll;
IO_COMPLETION_ROUTINE LineSignal;

static NTSTATUS LineComplete(PIRP Irp, NTSTATUS status, ULONG_PTR information)
{
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = information;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

BOOLEAN LineIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	PLINE_EXTENSION ext = Context;
	ULONG status = READ_REGISTER_ULONG(ext->Registers + LINE_REG_STATUS);

	UNREFERENCED_PARAMETER(Interrupt);

	if (!(status & LINE_OURS))
		return FALSE;
	WRITE_REGISTER_ULONG(ext->Registers + LINE_REG_STATUS, status);
	KeInsertQueueDpc(&ext->ChangeDpc, ULongToPtr(READ_REGISTER_ULONG(ext->Registers + LINE_REG_STATE)), NULL);
	return TRUE;
}

/* The request that waits, if its cancel routine has not got it already. */
static PIRP LineTakeWaiting(PLINE_EXTENSION ext)
{
	KIRQL irql;
	PIRP irp;

	KeAcquireSpinLock(&ext->WaitLock, &irql);
	irp = ext->Waiting;
	if (irp && IoSetCancelRoutine(irp, NULL))
		ext->Waiting = NULL;
	else
		irp = NULL;
	KeReleaseSpinLock(&ext->WaitLock, irql);
	return irp;
}

VOID LineCancelWait(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PLINE_EXTENSION ext = DeviceObject->DeviceExtension;
	KIRQL irql;

	IoReleaseCancelSpinLock(Irp->CancelIrql);

	KeAcquireSpinLock(&ext->WaitLock, &irql);
	if (ext->Waiting == Irp)
		ext->Waiting = NULL;
	KeReleaseSpinLock(&ext->WaitLock, irql);

	LineComplete(Irp, STATUS_CANCELLED, 0);
	IoReleaseRemoveLock(&ext->RemoveLock, Irp);
}

static VOID LineWake(PLINE_EXTENSION ext, NTSTATUS status)
{
	PIRP irp = LineTakeWaiting(ext);

	if (!irp)
		return;
	LineComplete(irp, status, 0);
	IoReleaseRemoveLock(&ext->RemoveLock, irp);
}

/* Keep one change; the caller holds ChangeLock. */
static BOOLEAN LineKeep(PLINE_EXTENSION ext, ULONG state)
{
	PLINE_CHANGE change;

	if (ext->Kept == LINE_MAX_KEPT)
		return FALSE;
	change = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*change), LINE_TAG);
	if (!change)
		return FALSE;
	KeQuerySystemTime(&change->Time);
	change->State = state;
	InsertTailList(&ext->Changes, &change->Link);
	ext->Kept++;
	return TRUE;
}

VOID LineChanged(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PLINE_EXTENSION ext = Context;
	ULONG state = PtrToUlong(Argument1);
	BOOLEAN kept;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument2);

	KeAcquireSpinLockAtDpcLevel(&ext->ChangeLock);
	kept = LineKeep(ext, state);
	if (ext->Trace && ext->Trace->Next < ext->Trace->Size)
		ext->Trace->States[ext->Trace->Next++] = state;
	KeReleaseSpinLockFromDpcLevel(&ext->ChangeLock);

	KeAcquireSpinLockAtDpcLevel(&ext->CountLock);
	ext->Counts.Changes++;
	if (!kept)
		ext->Counts.Lost++;
	ext->LastState = state;
	KeReleaseSpinLockFromDpcLevel(&ext->CountLock);
	LineWake(ext, STATUS_SUCCESS);
}

/* Lines that bounce raise no interrupt; look at them now and then. */
VOID LinePoll(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PLINE_EXTENSION ext = Context;
	PULONG samples;
	ULONG i, all;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);

	samples = ExAllocatePool2(POOL_FLAG_NON_PAGED, LINE_NOISE * sizeof(*samples), LINE_TAG);
	if (!samples)
		return;
	for (i = 0, all = 0; i < LINE_NOISE; i++) {
		samples[i] = READ_REGISTER_ULONG(ext->Registers + LINE_REG_STATE);
		all |= samples[i];
	}
	KeAcquireSpinLockAtDpcLevel(&ext->CountLock);
	ext->Counts.Ticks++;
	if (all == ext->LastState) {
		KeReleaseSpinLockFromDpcLevel(&ext->CountLock);
		ExFreePoolWithTag(samples, LINE_TAG);
		return;
	}
	ext->LastState = samples[LINE_NOISE - 1];
	KeReleaseSpinLockFromDpcLevel(&ext->CountLock);
	ExFreePoolWithTag(samples, LINE_TAG);
}

NTSTATUS LineOpenClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	UNREFERENCED_PARAMETER(DeviceObject);

	return LineComplete(Irp, STATUS_SUCCESS, 0);
}

/* A read takes the oldest change. */
NTSTATUS LineRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PLINE_EXTENSION ext = DeviceObject->DeviceExtension;
	PLINE_CHANGE change;
	NTSTATUS status;
	PULONG out;
	KIRQL irql;

	status = IoAcquireRemoveLock(&ext->RemoveLock, Irp);
	if (!NT_SUCCESS(status))
		return LineComplete(Irp, status, 0);
	if (stack->Parameters.Read.Length < sizeof(ULONG)) {
		IoReleaseRemoveLock(&ext->RemoveLock, Irp);
		return LineComplete(Irp, STATUS_BUFFER_TOO_SMALL, 0);
	}

	KeAcquireSpinLock(&ext->ChangeLock, &irql);
	if (IsListEmpty(&ext->Changes)) {
		KeReleaseSpinLock(&ext->ChangeLock, irql);
		IoReleaseRemoveLock(&ext->RemoveLock, Irp);
		return LineComplete(Irp, STATUS_NO_MORE_ENTRIES, 0);
	}
	change = CONTAINING_RECORD(RemoveHeadList(&ext->Changes), LINE_CHANGE, Link);
	ext->Kept--;
	KeReleaseSpinLock(&ext->ChangeLock, irql);

	out = Irp->AssociatedIrp.SystemBuffer;
	*out = change->State;
	ExFreePoolWithTag(change, LINE_TAG);
	IoReleaseRemoveLock(&ext->RemoveLock, Irp);
	return LineComplete(Irp, STATUS_SUCCESS, sizeof(*out));
}

/* The request stays until a line changes; it holds the remove lock. */
static NTSTATUS LineWait(PLINE_EXTENSION ext, PIRP Irp)
{
	NTSTATUS status = STATUS_DEVICE_BUSY;
	KIRQL irql;

	KeAcquireSpinLock(&ext->WaitLock, &irql);
	if (ext->Waiting || ext->Removed)
		goto refuse;
	IoSetCancelRoutine(Irp, LineCancelWait);
	if (Irp->Cancel && IoSetCancelRoutine(Irp, NULL)) {
		status = STATUS_CANCELLED;
		goto refuse;
	}
	/* a cancel routine that runs already waits for our lock */
	IoMarkIrpPending(Irp);
	ext->Waiting = Irp;
	KeReleaseSpinLock(&ext->WaitLock, irql);
	return STATUS_PENDING;

refuse:
	KeReleaseSpinLock(&ext->WaitLock, irql);
	LineComplete(Irp, status, 0);
	IoReleaseRemoveLock(&ext->RemoveLock, Irp);
	return status;
}

/* Both kinds of numbers at one moment. */
static NTSTATUS LineGetCounts(PLINE_EXTENSION ext, PLINE_COUNTS counts)
{
	KIRQL changeIrql, countIrql;

	KeAcquireSpinLock(&ext->ChangeLock, &changeIrql);
	KeAcquireSpinLock(&ext->CountLock, &countIrql);
	*counts = ext->Counts;
	counts->Changes -= ext->Kept;
	KeReleaseSpinLock(&ext->CountLock, countIrql);
	KeReleaseSpinLock(&ext->ChangeLock, changeIrql);
	return STATUS_SUCCESS;
}

static NTSTATUS LineClear(PLINE_EXTENSION ext)
{
	KIRQL changeIrql, countIrql;
	PLINE_CHANGE change;

	KeAcquireSpinLock(&ext->ChangeLock, &changeIrql);
	KeAcquireSpinLock(&ext->CountLock, &countIrql);
	if (ext->Counts.Ticks == 0) {
		KeReleaseSpinLock(&ext->CountLock, countIrql);
		KeReleaseSpinLock(&ext->ChangeLock, changeIrql);
		return STATUS_DEVICE_NOT_READY;
	}
	RtlZeroMemory(&ext->Counts, sizeof(ext->Counts));
	KeReleaseSpinLock(&ext->CountLock, countIrql);

	while (!IsListEmpty(&ext->Changes)) {
		change = CONTAINING_RECORD(RemoveHeadList(&ext->Changes), LINE_CHANGE, Link);
		ExFreePoolWithTag(change, LINE_TAG);
	}
	ext->Kept = 0;
	KeReleaseSpinLock(&ext->ChangeLock, changeIrql);
	return STATUS_SUCCESS;
}

/* A new trace takes the place of the old one, all under the lock. */
static NTSTATUS LineSetTrace(PLINE_EXTENSION ext, ULONG size)
{
	NTSTATUS status = STATUS_SUCCESS;
	PLINE_TRACE trace;
	KIRQL irql;

	if (size == 0 || size > LINE_MAX_KEPT)
		return STATUS_INVALID_PARAMETER;

	KeAcquireSpinLock(&ext->ChangeLock, &irql);
	if (ext->Trace && ext->Trace->Next < ext->Trace->Size) {
		status = STATUS_DEVICE_BUSY;
		goto unlock;
	}
	trace = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*trace) + size * sizeof(ULONG), LINE_TAG);
	if (!trace) {
		status = STATUS_INSUFFICIENT_RESOURCES;
		goto unlock;
	}
	trace->Next = 0;
	trace->Size = size;
	if (ext->Trace)
		ExFreePoolWithTag(ext->Trace, LINE_TAG);
	ext->Trace = trace;
unlock:
	KeReleaseSpinLock(&ext->ChangeLock, irql);
	return status;
}

NTSTATUS LineControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	ULONG in = stack->Parameters.DeviceIoControl.InputBufferLength;
	ULONG out = stack->Parameters.DeviceIoControl.OutputBufferLength;
	PLINE_EXTENSION ext = DeviceObject->DeviceExtension;
	PVOID buffer = Irp->AssociatedIrp.SystemBuffer;
	NTSTATUS status;
	ULONG done = 0;

	status = IoAcquireRemoveLock(&ext->RemoveLock, Irp);
	if (!NT_SUCCESS(status))
		return LineComplete(Irp, status, 0);

	status = STATUS_BUFFER_TOO_SMALL;
	switch (stack->Parameters.DeviceIoControl.IoControlCode) {
	case LINE_IOC_WAIT:
		return LineWait(ext, Irp);
	case LINE_IOC_MASK:
		if (in >= sizeof(ULONG) && ext->Registers) {
			WRITE_REGISTER_ULONG(ext->Registers + LINE_REG_MASK, *(PULONG)buffer);
			status = STATUS_SUCCESS;
		}
		break;
	case LINE_IOC_COUNTS:
		if (out >= sizeof(LINE_COUNTS)) {
			status = LineGetCounts(ext, buffer);
			done = sizeof(LINE_COUNTS);
		}
		break;
	case LINE_IOC_CLEAR:
		status = LineClear(ext);
		break;
	case LINE_IOC_TRACE:
		if (in >= sizeof(ULONG))
			status = LineSetTrace(ext, *(PULONG)buffer);
		break;
	default:
		status = STATUS_INVALID_DEVICE_REQUEST;
		break;
	}
	IoReleaseRemoveLock(&ext->RemoveLock, Irp);
	return LineComplete(Irp, status, done);
}

NTSTATUS LineSignal(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context)
{
	UNREFERENCED_PARAMETER(DeviceObject);
	UNREFERENCED_PARAMETER(Irp);

	KeSetEvent(Context, IO_NO_INCREMENT, FALSE);
	return STATUS_MORE_PROCESSING_REQUIRED;
}

static NTSTATUS LineForwardAndWait(PLINE_EXTENSION ext, PIRP Irp)
{
	NTSTATUS status;
	KEVENT event;

	KeInitializeEvent(&event, NotificationEvent, FALSE);
	IoCopyCurrentIrpStackLocationToNext(Irp);
	IoSetCompletionRoutine(Irp, LineSignal, &event, TRUE, TRUE, TRUE);
	status = IoCallDriver(ext->Lower, Irp);
	if (status == STATUS_PENDING) {
		KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, NULL);
		status = Irp->IoStatus.Status;
	}
	return status;
}

static NTSTATUS LineMap(PLINE_EXTENSION ext, PCM_PARTIAL_RESOURCE_DESCRIPTOR memory,
			PCM_PARTIAL_RESOURCE_DESCRIPTOR interrupt)
{
	LARGE_INTEGER due;
	NTSTATUS status;

	ext->RegisterLength = memory->u.Memory.Length;
	ext->Registers = MmMapIoSpace(memory->u.Memory.Start, ext->RegisterLength, MmNonCached);
	if (!ext->Registers)
		return STATUS_INSUFFICIENT_RESOURCES;

	status = IoConnectInterrupt(&ext->Interrupt, LineIsr, ext, NULL, interrupt->u.Interrupt.Vector,
				    (KIRQL)interrupt->u.Interrupt.Level, (KIRQL)interrupt->u.Interrupt.Level, LevelSensitive,
				    TRUE, interrupt->u.Interrupt.Affinity, FALSE);
	if (!NT_SUCCESS(status))
		goto unmap;

	status = IoSetDeviceInterfaceState(&ext->Interface, TRUE);
	if (!NT_SUCCESS(status))
		goto disconnect;

	due.QuadPart = -10000LL * LINE_MSEC;
	KeSetTimerEx(&ext->PollTimer, due, LINE_MSEC, &ext->PollDpc);
	return STATUS_SUCCESS;

disconnect:
	IoDisconnectInterrupt(ext->Interrupt);
	ext->Interrupt = NULL;
	KeFlushQueuedDpcs();
unmap:
	MmUnmapIoSpace(ext->Registers, ext->RegisterLength);
	ext->Registers = NULL;
	return status;
}

static NTSTATUS LineStart(PLINE_EXTENSION ext, PIO_STACK_LOCATION stack)
{
	PCM_RESOURCE_LIST list = stack->Parameters.StartDevice.AllocatedResourcesTranslated;
	PCM_PARTIAL_RESOURCE_DESCRIPTOR memory = NULL, interrupt = NULL, one;
	ULONG i;

	if (!list || list->Count == 0)
		return STATUS_DEVICE_CONFIGURATION_ERROR;
	for (i = 0; i < list->List[0].PartialResourceList.Count; i++) {
		one = &list->List[0].PartialResourceList.PartialDescriptors[i];
		if (one->Type == CmResourceTypeMemory)
			memory = one;
		else if (one->Type == CmResourceTypeInterrupt)
			interrupt = one;
	}
	if (!memory || !interrupt || memory->u.Memory.Length < 4 * sizeof(ULONG))
		return STATUS_DEVICE_CONFIGURATION_ERROR;
	return LineMap(ext, memory, interrupt);
}

static VOID LineStop(PLINE_EXTENSION ext)
{
	if (!ext->Registers)
		return;
	IoSetDeviceInterfaceState(&ext->Interface, FALSE);
	KeCancelTimer(&ext->PollTimer);
	IoDisconnectInterrupt(ext->Interrupt);
	KeFlushQueuedDpcs();
	MmUnmapIoSpace(ext->Registers, ext->RegisterLength);
	ext->Registers = NULL;
}

static NTSTATUS LineRemove(PLINE_EXTENSION ext, PIRP Irp)
{
	NTSTATUS status;
	KIRQL irql;

	KeAcquireSpinLock(&ext->WaitLock, &irql);
	ext->Removed = TRUE;
	KeReleaseSpinLock(&ext->WaitLock, irql);
	LineWake(ext, STATUS_DELETE_PENDING);

	LineStop(ext);
	IoReleaseRemoveLockAndWait(&ext->RemoveLock, Irp);
	LineClear(ext);
	if (ext->Trace)
		ExFreePoolWithTag(ext->Trace, LINE_TAG);
	RtlFreeUnicodeString(&ext->Interface);

	Irp->IoStatus.Status = STATUS_SUCCESS;
	IoSkipCurrentIrpStackLocation(Irp);
	status = IoCallDriver(ext->Lower, Irp);
	IoDetachDevice(ext->Lower);
	IoDeleteDevice(ext->Self);
	return status;
}

NTSTATUS LinePnp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PLINE_EXTENSION ext = DeviceObject->DeviceExtension;
	NTSTATUS status;

	status = IoAcquireRemoveLock(&ext->RemoveLock, Irp);
	if (!NT_SUCCESS(status))
		return LineComplete(Irp, status, 0);

	switch (stack->MinorFunction) {
	case IRP_MN_START_DEVICE:
		status = LineForwardAndWait(ext, Irp);
		if (NT_SUCCESS(status))
			status = LineStart(ext, stack);
		IoReleaseRemoveLock(&ext->RemoveLock, Irp);
		return LineComplete(Irp, status, 0);
	case IRP_MN_STOP_DEVICE:
		LineStop(ext);
		Irp->IoStatus.Status = STATUS_SUCCESS;
		break;
	case IRP_MN_REMOVE_DEVICE:
		return LineRemove(ext, Irp);
	}
	IoSkipCurrentIrpStackLocation(Irp);
	status = IoCallDriver(ext->Lower, Irp);
	IoReleaseRemoveLock(&ext->RemoveLock, Irp);
	return status;
}

NTSTATUS LinePower(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PLINE_EXTENSION ext = DeviceObject->DeviceExtension;
	NTSTATUS status;

	status = IoAcquireRemoveLock(&ext->RemoveLock, Irp);
	if (!NT_SUCCESS(status)) {
		PoStartNextPowerIrp(Irp);
		return LineComplete(Irp, status, 0);
	}
	PoStartNextPowerIrp(Irp);
	IoSkipCurrentIrpStackLocation(Irp);
	status = PoCallDriver(ext->Lower, Irp);
	IoReleaseRemoveLock(&ext->RemoveLock, Irp);
	return status;
}

NTSTATUS LineAddDevice(PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT PhysicalDeviceObject)
{
	PDEVICE_OBJECT device;
	PLINE_EXTENSION ext;
	NTSTATUS status;

	status = IoCreateDevice(DriverObject, sizeof(*ext), NULL, FILE_DEVICE_UNKNOWN, FILE_DEVICE_SECURE_OPEN, FALSE,
				&device);
	if (!NT_SUCCESS(status))
		return status;
	device->Flags |= DO_BUFFERED_IO | DO_POWER_PAGABLE;

	ext = device->DeviceExtension;
	ext->Self = device;
	ext->Physical = PhysicalDeviceObject;
	IoInitializeRemoveLock(&ext->RemoveLock, LINE_TAG, 0, 0);
	KeInitializeSpinLock(&ext->ChangeLock);
	KeInitializeSpinLock(&ext->CountLock);
	KeInitializeSpinLock(&ext->WaitLock);
	InitializeListHead(&ext->Changes);
	KeInitializeDpc(&ext->ChangeDpc, LineChanged, ext);
	KeInitializeTimer(&ext->PollTimer);
	KeInitializeDpc(&ext->PollDpc, LinePoll, ext);

	status = IoRegisterDeviceInterface(PhysicalDeviceObject, &LineInterface, NULL, &ext->Interface);
	if (!NT_SUCCESS(status)) {
		IoDeleteDevice(device);
		return status;
	}
	ext->Lower = IoAttachDeviceToDeviceStack(device, PhysicalDeviceObject);
	if (!ext->Lower) {
		RtlFreeUnicodeString(&ext->Interface);
		IoDeleteDevice(device);
		return STATUS_NO_SUCH_DEVICE;
	}
	device->Flags &= ~DO_DEVICE_INITIALIZING;
	return STATUS_SUCCESS;
}

VOID LineUnload(PDRIVER_OBJECT DriverObject)
{
	UNREFERENCED_PARAMETER(DriverObject);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	UNREFERENCED_PARAMETER(RegistryPath);

	DriverObject->MajorFunction[IRP_MJ_CREATE] = LineOpenClose;
	DriverObject->MajorFunction[IRP_MJ_CLOSE] = LineOpenClose;
	DriverObject->MajorFunction[IRP_MJ_READ] = LineRead;
	DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = LineControl;
	DriverObject->MajorFunction[IRP_MJ_PNP] = LinePnp;
	DriverObject->MajorFunction[IRP_MJ_POWER] = LinePower;
	DriverObject->DriverExtension->AddDevice = LineAddDevice;
	DriverObject->DriverUnload = LineUnload;
	return STATUS_SUCCESS;
}
