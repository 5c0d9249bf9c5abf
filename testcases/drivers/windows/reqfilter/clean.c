// SPDX-License-Identifier: GPL-2.0
/*
 * A monitor that sends requests of its own to another device: it reads blocks,
 * asks for its geometry, and lets work items do what takes long.
 */
#include <ntddk.h>
#include <ntdddisk.h>

#define MON_TAG	     'noMx'
#define MON_WORK_TAG 'woMx'
#define MON_BLOCK    4096
#define MON_DEPTH    8

#define MON_CODE(function) CTL_CODE(FILE_DEVICE_UNKNOWN, 0xe00 + (function), METHOD_BUFFERED, FILE_ANY_ACCESS)
#define MON_IOC_SUM	   MON_CODE(0) /* in: LARGE_INTEGER offset, out: ULONG */
#define MON_IOC_COMPARE	   MON_CODE(1) /* in: LARGE_INTEGER[2], out: ULONG, the first difference */
#define MON_IOC_SCAN	   MON_CODE(2) /* in: ULONG blocks; goes on behind the client's back */
#define MON_IOC_GEOMETRY   MON_CODE(3) /* out: DISK_GEOMETRY */
#define MON_IOC_NOTE	   MON_CODE(4) /* in: ULONG, written to the file */
#define MON_IOC_IDLE	   MON_CODE(5) /* until no scan is running */

typedef struct _MON_EXTENSION {
	PDEVICE_OBJECT Self;
	PDEVICE_OBJECT Target;
	PFILE_OBJECT TargetFile;
	NPAGED_LOOKASIDE_LIST Jobs;
	NPAGED_LOOKASIDE_LIST Blocks;

	KSPIN_LOCK Lock; /* all that follows, and the cancel spin lock comes before it */
	ULONG Scans;
	ULONG Bad;
	LIST_ENTRY Idlers;
	KEVENT Quiet; /* no scan is running */
} MON_EXTENSION, *PMON_EXTENSION;

typedef struct _MON_JOB {
	PMON_EXTENSION Ext;
	PIO_WORKITEM Item;
	ULONG Blocks;
	ULONG Failed;
} MON_JOB, *PMON_JOB;

static UNICODE_STRING MonDeviceName = RTL_CONSTANT_STRING(L"\\Device\\Monitor");
static UNICODE_STRING MonLinkName = RTL_CONSTANT_STRING(L"\\DosDevices\\Monitor");
static UNICODE_STRING MonTargetName = RTL_CONSTANT_STRING(L"\\Device\\Harddisk0\\DR0");
static UNICODE_STRING MonFileName = RTL_CONSTANT_STRING(L"\\SystemRoot\\monitor.log");

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD MonUnload;
DRIVER_DISPATCH MonOpenClose;
DRIVER_DISPATCH MonControl;
DRIVER_CANCEL MonCancelIdler;
IO_WORKITEM_ROUTINE MonScanWork;
IO_COMPLETION_ROUTINE MonSignal;

static NTSTATUS MonComplete(PIRP Irp, NTSTATUS status, ULONG_PTR information)
{
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = information;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

NTSTATUS MonSignal(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context)
{
	UNREFERENCED_PARAMETER(DeviceObject);
	UNREFERENCED_PARAMETER(Irp);

	KeSetEvent(Context, IO_NO_INCREMENT, FALSE);
	return STATUS_MORE_PROCESSING_REQUIRED;
}

/* Read one block by a request of our own; the buffer is nonpaged. */
static NTSTATUS MonReadBlock(PMON_EXTENSION ext, PVOID block, LONGLONG offset)
{
	PIO_STACK_LOCATION next;
	NTSTATUS status;
	KEVENT event;
	PMDL mdl;
	PIRP irp;

	irp = IoAllocateIrp(ext->Target->StackSize, FALSE);
	if (!irp)
		return STATUS_INSUFFICIENT_RESOURCES;
	mdl = IoAllocateMdl(block, MON_BLOCK, FALSE, FALSE, NULL);
	if (!mdl) {
		IoFreeIrp(irp);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	MmBuildMdlForNonPagedPool(mdl);

	irp->MdlAddress = mdl;
	irp->Tail.Overlay.Thread = PsGetCurrentThread();
	next = IoGetNextIrpStackLocation(irp);
	next->MajorFunction = IRP_MJ_READ;
	next->Parameters.Read.Length = MON_BLOCK;
	next->Parameters.Read.ByteOffset.QuadPart = offset;

	KeInitializeEvent(&event, NotificationEvent, FALSE);
	IoSetCompletionRoutine(irp, MonSignal, &event, TRUE, TRUE, TRUE);
	if (IoCallDriver(ext->Target, irp) == STATUS_PENDING)
		KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, NULL);
	status = irp->IoStatus.Status;
	IoFreeMdl(mdl);
	IoFreeIrp(irp);
	return status;
}

/* Ask the target to write back what it has; nothing goes with the request. */
static NTSTATUS MonFlushTarget(PMON_EXTENSION ext)
{
	PIO_STACK_LOCATION next;
	NTSTATUS status;
	KEVENT event;
	PIRP irp;

	irp = IoAllocateIrp(ext->Target->StackSize, FALSE);
	if (!irp)
		return STATUS_INSUFFICIENT_RESOURCES;
	irp->Tail.Overlay.Thread = PsGetCurrentThread();
	if (ext->Target->Flags & DO_DEVICE_INITIALIZING) {
		IoFreeIrp(irp);
		return STATUS_DEVICE_NOT_READY;
	}
	next = IoGetNextIrpStackLocation(irp);
	next->MajorFunction = IRP_MJ_FLUSH_BUFFERS;

	KeInitializeEvent(&event, NotificationEvent, FALSE);
	IoSetCompletionRoutine(irp, MonSignal, &event, TRUE, TRUE, TRUE);
	if (IoCallDriver(ext->Target, irp) == STATUS_PENDING)
		KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, NULL);
	status = irp->IoStatus.Status;
	IoFreeIrp(irp);
	return status;
}

static NTSTATUS MonSum(PMON_EXTENSION ext, LONGLONG offset, PULONG sum)
{
	NTSTATUS status;
	PULONG block;
	ULONG i;

	if (offset % MON_BLOCK)
		return STATUS_DATATYPE_MISALIGNMENT;
	block = ExAllocateFromNPagedLookasideList(&ext->Blocks);
	if (!block)
		return STATUS_INSUFFICIENT_RESOURCES;

	status = MonReadBlock(ext, block, offset);
	if (!NT_SUCCESS(status))
		goto free_block;
	for (i = 0, *sum = 0; i < MON_BLOCK / sizeof(ULONG); i++)
		*sum += block[i];
	RtlZeroMemory(block, MON_BLOCK);
free_block:
	ExFreeToNPagedLookasideList(&ext->Blocks, block);
	return status;
}

static NTSTATUS MonCompare(PMON_EXTENSION ext, const LARGE_INTEGER *offsets, PULONG difference)
{
	PUCHAR first, second;
	NTSTATUS status;

	first = ExAllocatePool2(POOL_FLAG_NON_PAGED, MON_BLOCK, MON_TAG);
	if (!first)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = MonReadBlock(ext, first, offsets[0].QuadPart);
	if (!NT_SUCCESS(status))
		goto free_first;

	second = ExAllocatePool2(POOL_FLAG_NON_PAGED, MON_BLOCK, MON_TAG);
	if (!second) {
		status = STATUS_INSUFFICIENT_RESOURCES;
		goto free_first;
	}
	status = MonReadBlock(ext, second, offsets[1].QuadPart);
	if (!NT_SUCCESS(status))
		goto free_second;
	*difference = (ULONG)RtlCompareMemory(first, second, MON_BLOCK);
	if (*difference == MON_BLOCK) {
		status = STATUS_NO_MORE_ENTRIES;
		goto free_second;
	}
	RtlZeroMemory(second, MON_BLOCK);
free_second:
	ExFreePoolWithTag(second, MON_TAG);
free_first:
	ExFreePoolWithTag(first, MON_TAG);
	return status;
}

static VOID MonWakeIdlers(PMON_EXTENSION ext)
{
	KIRQL cancelIrql, irql;
	LIST_ENTRY idlers;
	PIRP irp;

	InitializeListHead(&idlers);
	IoAcquireCancelSpinLock(&cancelIrql);
	KeAcquireSpinLock(&ext->Lock, &irql);
	while (!IsListEmpty(&ext->Idlers)) {
		irp = CONTAINING_RECORD(RemoveHeadList(&ext->Idlers), IRP, Tail.Overlay.ListEntry);
		IoSetCancelRoutine(irp, NULL);
		InsertTailList(&idlers, &irp->Tail.Overlay.ListEntry);
	}
	KeReleaseSpinLock(&ext->Lock, irql);
	IoReleaseCancelSpinLock(cancelIrql);

	while (!IsListEmpty(&idlers)) {
		irp = CONTAINING_RECORD(RemoveHeadList(&idlers), IRP, Tail.Overlay.ListEntry);
		MonComplete(irp, STATUS_SUCCESS, 0);
	}
}

/* The end of a scan, for the numbers and for who waits. */
static VOID MonEndScan(PMON_EXTENSION ext, ULONG failed)
{
	BOOLEAN last;
	KIRQL irql;

	KeAcquireSpinLock(&ext->Lock, &irql);
	ext->Bad += failed;
	last = --ext->Scans == 0;
	KeReleaseSpinLock(&ext->Lock, irql);
	if (last) {
		MonWakeIdlers(ext);
		KeSetEvent(&ext->Quiet, IO_NO_INCREMENT, FALSE);
	}
}

VOID MonScanWork(PDEVICE_OBJECT DeviceObject, PVOID Context)
{
	PMON_JOB job = Context;
	PMON_EXTENSION ext = job->Ext;
	ULONG i, sum, failed;

	UNREFERENCED_PARAMETER(DeviceObject);

	for (i = 0; i < job->Blocks; i++) {
		if (!NT_SUCCESS(MonSum(ext, (LONGLONG)i * MON_BLOCK, &sum)))
			job->Failed++;
	}
	IoFreeWorkItem(job->Item);
	failed = job->Failed;
	ExFreeToNPagedLookasideList(&ext->Jobs, job);
	MonEndScan(ext, failed);
}

static NTSTATUS MonScan(PMON_EXTENSION ext, ULONG blocks)
{
	PIO_WORKITEM item;
	PMON_JOB job;
	KIRQL irql;

	item = IoAllocateWorkItem(ext->Self);
	if (!item)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (blocks == 0) {
		IoFreeWorkItem(item);
		return STATUS_INVALID_PARAMETER;
	}
	job = ExAllocateFromNPagedLookasideList(&ext->Jobs);
	if (!job) {
		IoFreeWorkItem(item);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	job->Ext = ext;
	job->Item = item;
	job->Blocks = blocks;
	job->Failed = 0;

	KeAcquireSpinLock(&ext->Lock, &irql);
	if (ext->Scans == MON_DEPTH) {
		KeReleaseSpinLock(&ext->Lock, irql);
		ExFreeToNPagedLookasideList(&ext->Jobs, job);
		IoFreeWorkItem(item);
		return STATUS_DEVICE_BUSY;
	}
	ext->Scans++;
	KeClearEvent(&ext->Quiet);
	KeReleaseSpinLock(&ext->Lock, irql);

	IoQueueWorkItem(item, MonScanWork, DelayedWorkQueue, job);
	return STATUS_SUCCESS;
}

static NTSTATUS MonGeometry(PMON_EXTENSION ext, PDISK_GEOMETRY geometry)
{
	IO_STATUS_BLOCK iosb;
	NTSTATUS status;
	KEVENT event;
	PIRP irp;

	status = MonFlushTarget(ext);
	if (!NT_SUCCESS(status))
		return status;
	KeInitializeEvent(&event, NotificationEvent, FALSE);
	irp = IoBuildDeviceIoControlRequest(IOCTL_DISK_GET_DRIVE_GEOMETRY, ext->Target, NULL, 0, geometry, sizeof(*geometry),
					    FALSE, &event, &iosb);
	if (!irp)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = IoCallDriver(ext->Target, irp);
	if (status == STATUS_PENDING) {
		KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, NULL);
		status = iosb.Status;
	}
	return status;
}

/* One line of text for each note. */
static NTSTATUS MonNote(ULONG number)
{
	OBJECT_ATTRIBUTES attributes;
	IO_STATUS_BLOCK iosb;
	PFILE_OBJECT object;
	NTSTATUS status;
	HANDLE file;

	InitializeObjectAttributes(&attributes, &MonFileName, OBJ_KERNEL_HANDLE | OBJ_CASE_INSENSITIVE, NULL, NULL);
	status = ZwCreateFile(&file, FILE_APPEND_DATA | SYNCHRONIZE, &attributes, &iosb, NULL, FILE_ATTRIBUTE_NORMAL,
			      FILE_SHARE_READ, FILE_OPEN_IF, FILE_SYNCHRONOUS_IO_NONALERT, NULL, 0);
	if (!NT_SUCCESS(status))
		return status;

	status = ObReferenceObjectByHandle(file, FILE_APPEND_DATA, *IoFileObjectType, KernelMode, (PVOID *)&object, NULL);
	if (!NT_SUCCESS(status)) {
		ZwClose(file);
		return status;
	}
	if (!object->DeviceObject) {
		ObDereferenceObject(object);
		ZwClose(file);
		return STATUS_NO_SUCH_DEVICE;
	}
	ObDereferenceObject(object);

	status = ZwWriteFile(file, NULL, NULL, NULL, &iosb, &number, sizeof(number), NULL, NULL);
	ZwClose(file);
	return status;
}

VOID MonCancelIdler(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PMON_EXTENSION ext = DeviceObject->DeviceExtension;

	KeAcquireSpinLockAtDpcLevel(&ext->Lock);
	RemoveEntryList(&Irp->Tail.Overlay.ListEntry);
	KeReleaseSpinLockFromDpcLevel(&ext->Lock);
	IoReleaseCancelSpinLock(Irp->CancelIrql);
	MonComplete(Irp, STATUS_CANCELLED, 0);
}

/* The request stays until the last scan is over. */
static NTSTATUS MonIdle(PMON_EXTENSION ext, PIRP Irp)
{
	KIRQL cancelIrql, irql;

	IoAcquireCancelSpinLock(&cancelIrql);
	if (Irp->Cancel) {
		IoReleaseCancelSpinLock(cancelIrql);
		return MonComplete(Irp, STATUS_CANCELLED, 0);
	}
	KeAcquireSpinLock(&ext->Lock, &irql);
	if (ext->Scans == 0) {
		KeReleaseSpinLock(&ext->Lock, irql);
		IoReleaseCancelSpinLock(cancelIrql);
		return MonComplete(Irp, STATUS_SUCCESS, 0);
	}
	IoMarkIrpPending(Irp);
	IoSetCancelRoutine(Irp, MonCancelIdler);
	InsertTailList(&ext->Idlers, &Irp->Tail.Overlay.ListEntry);
	KeReleaseSpinLock(&ext->Lock, irql);
	IoReleaseCancelSpinLock(cancelIrql);
	return STATUS_PENDING;
}

NTSTATUS MonControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	ULONG in = stack->Parameters.DeviceIoControl.InputBufferLength;
	ULONG out = stack->Parameters.DeviceIoControl.OutputBufferLength;
	PMON_EXTENSION ext = DeviceObject->DeviceExtension;
	PVOID buffer = Irp->AssociatedIrp.SystemBuffer;
	NTSTATUS status = STATUS_BUFFER_TOO_SMALL;
	ULONG_PTR done = 0;
	ULONG value = 0;

	switch (stack->Parameters.DeviceIoControl.IoControlCode) {
	case MON_IOC_SUM:
		if (in >= sizeof(LARGE_INTEGER) && out >= sizeof(value)) {
			status = MonSum(ext, ((PLARGE_INTEGER)buffer)->QuadPart, &value);
			*(PULONG)buffer = value;
			done = sizeof(value);
		}
		break;
	case MON_IOC_COMPARE:
		if (in >= 2 * sizeof(LARGE_INTEGER) && out >= sizeof(value)) {
			status = MonCompare(ext, buffer, &value);
			*(PULONG)buffer = value;
			done = sizeof(value);
		}
		break;
	case MON_IOC_SCAN:
		if (in >= sizeof(ULONG))
			status = MonScan(ext, *(PULONG)buffer);
		break;
	case MON_IOC_GEOMETRY:
		if (out >= sizeof(DISK_GEOMETRY)) {
			status = MonGeometry(ext, buffer);
			done = sizeof(DISK_GEOMETRY);
		}
		break;
	case MON_IOC_NOTE:
		if (in >= sizeof(ULONG))
			status = MonNote(*(PULONG)buffer);
		break;
	case MON_IOC_IDLE:
		return MonIdle(ext, Irp);
	default:
		status = STATUS_INVALID_DEVICE_REQUEST;
		break;
	}
	return MonComplete(Irp, status, NT_SUCCESS(status) ? done : 0);
}

NTSTATUS MonOpenClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	UNREFERENCED_PARAMETER(DeviceObject);

	return MonComplete(Irp, STATUS_SUCCESS, 0);
}

VOID MonUnload(PDRIVER_OBJECT DriverObject)
{
	PDEVICE_OBJECT device = DriverObject->DeviceObject;
	PMON_EXTENSION ext = device->DeviceExtension;

	IoDeleteSymbolicLink(&MonLinkName);
	KeWaitForSingleObject(&ext->Quiet, Executive, KernelMode, FALSE, NULL);
	ObDereferenceObject(ext->TargetFile);
	ExDeleteNPagedLookasideList(&ext->Blocks);
	ExDeleteNPagedLookasideList(&ext->Jobs);
	IoDeleteDevice(device);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	PFILE_OBJECT targetFile;
	PDEVICE_OBJECT target;
	PDEVICE_OBJECT device;
	PMON_EXTENSION ext;
	NTSTATUS status;

	UNREFERENCED_PARAMETER(RegistryPath);

	status = IoGetDeviceObjectPointer(&MonTargetName, FILE_READ_DATA, &targetFile, &target);
	if (!NT_SUCCESS(status))
		return status;
	if (!(target->Flags & DO_DIRECT_IO)) {
		ObDereferenceObject(targetFile);
		return STATUS_NOT_SUPPORTED;
	}

	status = IoCreateDevice(DriverObject, sizeof(*ext), &MonDeviceName, FILE_DEVICE_UNKNOWN, FILE_DEVICE_SECURE_OPEN,
				FALSE, &device);
	if (!NT_SUCCESS(status)) {
		ObDereferenceObject(targetFile);
		return status;
	}
	device->Flags |= DO_BUFFERED_IO;

	ext = device->DeviceExtension;
	ext->Self = device;
	ext->Target = target;
	ext->TargetFile = targetFile;
	KeInitializeSpinLock(&ext->Lock);
	InitializeListHead(&ext->Idlers);
	KeInitializeEvent(&ext->Quiet, NotificationEvent, TRUE);
	ExInitializeNPagedLookasideList(&ext->Jobs, NULL, NULL, POOL_NX_ALLOCATION, sizeof(MON_JOB), MON_WORK_TAG, 0);
	ExInitializeNPagedLookasideList(&ext->Blocks, NULL, NULL, POOL_NX_ALLOCATION, MON_BLOCK, MON_TAG, 0);

	status = IoCreateSymbolicLink(&MonLinkName, &MonDeviceName);
	if (!NT_SUCCESS(status)) {
		ExDeleteNPagedLookasideList(&ext->Blocks);
		ExDeleteNPagedLookasideList(&ext->Jobs);
		IoDeleteDevice(device);
		ObDereferenceObject(targetFile);
		return status;
	}
	status = MonNote(0);
	if (!NT_SUCCESS(status)) {
		IoDeleteSymbolicLink(&MonLinkName);
		ExDeleteNPagedLookasideList(&ext->Blocks);
		ExDeleteNPagedLookasideList(&ext->Jobs);
		IoDeleteDevice(device);
		ObDereferenceObject(targetFile);
		return status;
	}

	DriverObject->MajorFunction[IRP_MJ_CREATE] = MonOpenClose;
	DriverObject->MajorFunction[IRP_MJ_CLOSE] = MonOpenClose;
	DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = MonControl;
	DriverObject->DriverUnload = MonUnload;
	return STATUS_SUCCESS;
}
