// SPDX-License-Identifier: GPL-2.0
/*
 * An event log: clients write entries, a thread of the driver turns them into
 * a history of summaries, which clients read.
 */
#include <ntifs.h>

#define LOG_TAG		'vEgL'
#define LOG_HISTORY_TAG 'hEgL'
#define LOG_PEEK_TAG	'pEgL'
#define LOG_DATA	128
#define LOG_NAME_CHARS	32
#define LOG_MAX_PENDING 512
#define LOG_MAX_HISTORY 65536
#define LOG_PERIOD_MS	1000
#define LOG_TICK	0 /* source of the entries that the timer makes */

#define LOG_CODE(function) CTL_CODE(FILE_DEVICE_UNKNOWN, 0xb00 + (function), METHOD_BUFFERED, FILE_ANY_ACCESS)
#define LOG_IOC_SET_NAME   LOG_CODE(0) /* in: LOG_NAME_REQUEST */
#define LOG_IOC_PEEK	   LOG_CODE(1) /* out: LOG_NAME_REQUEST[], who has entries waiting */
#define LOG_IOC_HISTORY	   LOG_CODE(2) /* out: LOG_SUMMARY[], taken out of the history */
#define LOG_IOC_RESIZE	   LOG_CODE(3) /* in: ULONG */
#define LOG_IOC_FLUSH	   LOG_CODE(4)
#define LOG_IOC_RESET	   LOG_CODE(5) /* in: LARGE_INTEGER, forget what is older */

typedef struct _LOG_NAME_REQUEST {
	ULONG Source;
	WCHAR Name[LOG_NAME_CHARS];
} LOG_NAME_REQUEST, *PLOG_NAME_REQUEST;

typedef struct _LOG_SUMMARY {
	LARGE_INTEGER Time;
	ULONG Source;
	ULONG Sum;
} LOG_SUMMARY, *PLOG_SUMMARY;

typedef struct _LOG_ENTRY {
	LIST_ENTRY Link;
	LARGE_INTEGER Time;
	ULONG Source;
	ULONG Length;
	UCHAR Data[LOG_DATA];
} LOG_ENTRY, *PLOG_ENTRY;

typedef struct _LOG_NAME {
	LIST_ENTRY Link;
	LOG_NAME_REQUEST Request;
} LOG_NAME, *PLOG_NAME;

typedef struct _LOG_EXTENSION {
	NPAGED_LOOKASIDE_LIST Entries;
	NPAGED_LOOKASIDE_LIST Resets;
	PAGED_LOOKASIDE_LIST Names;

	KSPIN_LOCK Lock;
	LIST_ENTRY Pending;
	ULONG PendingCount;

	ERESOURCE NamesLock;
	LIST_ENTRY NameTable;

	FAST_MUTEX HistoryMutex;
	PLOG_SUMMARY History; /* paged */
	ULONG HistorySize;
	ULONG HistoryCount;

	KTIMER Timer;
	KDPC TickDpc;
	KEVENT Wake;
	KEVENT Drained;
	PVOID Thread;
	volatile BOOLEAN Stopping;
	EX_RUNDOWN_REF Rundown; /* of the work items */
} LOG_EXTENSION, *PLOG_EXTENSION;

typedef struct _LOG_RESET {
	PLOG_EXTENSION Ext;
	PIO_WORKITEM Item;
	LARGE_INTEGER Before;
} LOG_RESET, *PLOG_RESET;

static UNICODE_STRING LogDeviceName = RTL_CONSTANT_STRING(L"\\Device\\EventLog0");
static UNICODE_STRING LogLinkName = RTL_CONSTANT_STRING(L"\\DosDevices\\EventLog0");

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD LogUnload;
DRIVER_DISPATCH LogOpenClose;
DRIVER_DISPATCH LogWrite;
DRIVER_DISPATCH LogControl;
KDEFERRED_ROUTINE LogTick;
KSTART_ROUTINE LogThread;
IO_WORKITEM_ROUTINE LogResetWork;
static NTSTATUS LogSetName(PLOG_EXTENSION ext, const LOG_NAME_REQUEST *request);
static NTSTATUS LogTakeHistory(PLOG_EXTENSION ext, PLOG_SUMMARY out, ULONG length, PULONG_PTR done);
static NTSTATUS LogResize(PLOG_EXTENSION ext, ULONG size);
static NTSTATUS LogStartThread(PLOG_EXTENSION ext);
static VOID LogStopThread(PLOG_EXTENSION ext);

#ifdef ALLOC_PRAGMA
#pragma alloc_text(INIT, DriverEntry)
#pragma alloc_text(PAGE, LogUnload)
#pragma alloc_text(PAGE, LogOpenClose)
#pragma alloc_text(PAGE, LogControl)
#pragma alloc_text(PAGE, LogSetName)
#pragma alloc_text(PAGE, LogTakeHistory)
#pragma alloc_text(PAGE, LogResize)
#pragma alloc_text(PAGE, LogStartThread)
#pragma alloc_text(PAGE, LogStopThread)
#endif

static NTSTATUS LogComplete(PIRP Irp, NTSTATUS status, ULONG_PTR information)
{
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = information;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

/* The timer leaves a mark in the log, so that silence can be told from a stop. */
VOID LogTick(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PLOG_EXTENSION ext = Context;
	PLOG_ENTRY entry;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);

	entry = ExAllocateFromNPagedLookasideList(&ext->Entries);
	if (!entry)
		return;
	KeQuerySystemTime(&entry->Time);
	entry->Source = LOG_TICK;
	entry->Length = 0;

	KeAcquireSpinLockAtDpcLevel(&ext->Lock);
	if (ext->PendingCount < LOG_MAX_PENDING) {
		InsertTailList(&ext->Pending, &entry->Link);
		ext->PendingCount++;
		entry = NULL;
	}
	KeReleaseSpinLockFromDpcLevel(&ext->Lock);

	KeSetEvent(&ext->Wake, IO_NO_INCREMENT, FALSE);
	if (entry) {
		ExFreeToNPagedLookasideList(&ext->Entries, entry);
		KeWaitForSingleObject(&ext->Drained, Executive, KernelMode, FALSE, NULL); /* expect: win-wait-at-dispatch "KeWaitForSingleObject" */
	}
}

NTSTATUS LogWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PLOG_EXTENSION ext = DeviceObject->DeviceExtension;
	ULONG length = stack->Parameters.Write.Length;
	PLOG_ENTRY entry;
	KIRQL irql;

	if (length == 0 || length > LOG_DATA)
		return LogComplete(Irp, STATUS_INVALID_BUFFER_SIZE, 0);

	entry = ExAllocateFromNPagedLookasideList(&ext->Entries);
	if (!entry)
		return LogComplete(Irp, STATUS_INSUFFICIENT_RESOURCES, 0);
	KeQuerySystemTime(&entry->Time);
	entry->Source = stack->Parameters.Write.Key;
	entry->Length = length;
	RtlCopyMemory(entry->Data, Irp->AssociatedIrp.SystemBuffer, length);

	KeAcquireSpinLock(&ext->Lock, &irql);
	if (ext->PendingCount >= LOG_MAX_PENDING) {
		KeReleaseSpinLock(&ext->Lock, irql);
		ExFreeToNPagedLookasideList(&ext->Entries, entry);
		return LogComplete(Irp, STATUS_DEVICE_BUSY, 0);
	}
	InsertTailList(&ext->Pending, &entry->Link);
	ext->PendingCount++;
	KeReleaseSpinLock(&ext->Lock, irql);

	KeSetEvent(&ext->Wake, IO_NO_INCREMENT, TRUE); /* expect: win-setevent-wait-true "KeSetEvent" */
	return LogComplete(Irp, STATUS_SUCCESS, length);
}

/* Take all entries that wait; the caller owns them. */
static VOID LogTakePending(PLOG_EXTENSION ext, PLIST_ENTRY taken)
{
	KIRQL irql;

	InitializeListHead(taken);
	KeAcquireSpinLock(&ext->Lock, &irql);
	while (!IsListEmpty(&ext->Pending))
		InsertTailList(taken, RemoveHeadList(&ext->Pending));
	ext->PendingCount = 0;
	KeReleaseSpinLock(&ext->Lock, irql);
}

static VOID LogSummarise(PLOG_EXTENSION ext, const LOG_ENTRY *entry)
{
	PLOG_SUMMARY summary;
	ULONG i;

	if (ext->HistoryCount == ext->HistorySize) {
		ext->HistoryCount--;
		RtlCopyMemory(&ext->History[0], &ext->History[1], ext->HistoryCount * sizeof(*ext->History)); /* expect: win-rtlcopy-overlap "RtlCopyMemory" */
	}
	summary = &ext->History[ext->HistoryCount++];
	summary->Time = entry->Time;
	summary->Source = entry->Source;
	summary->Sum = 0;
	for (i = 0; i < entry->Length; i++)
		summary->Sum += entry->Data[i];
}

VOID LogThread(PVOID Context)
{
	PLOG_EXTENSION ext = Context;
	LIST_ENTRY taken;
	PLOG_ENTRY entry;

	do {
		KeWaitForSingleObject(&ext->Wake, Executive, KernelMode, FALSE, NULL);
		LogTakePending(ext, &taken);
		ExAcquireFastMutex(&ext->HistoryMutex);
		while (!IsListEmpty(&taken)) {
			entry = CONTAINING_RECORD(RemoveHeadList(&taken), LOG_ENTRY, Link);
			LogSummarise(ext, entry);
			ExFreeToNPagedLookasideList(&ext->Entries, entry);
		}
		ExReleaseFastMutex(&ext->HistoryMutex);
		KeSetEvent(&ext->Drained, IO_NO_INCREMENT, FALSE);
	} while (!ext->Stopping);

	PsTerminateSystemThread(STATUS_SUCCESS);
}

/* Wait until the thread went round once more. */
static NTSTATUS LogFlush(PLOG_EXTENSION ext)
{
	KeClearEvent(&ext->Drained);
	KeSetEvent(&ext->Wake, IO_NO_INCREMENT, TRUE);
	KeWaitForSingleObject(&ext->Drained, Executive, KernelMode, FALSE, NULL);
	return STATUS_SUCCESS;
}

static PLOG_NAME LogFindName(PLOG_EXTENSION ext, ULONG source)
{
	PLIST_ENTRY link;
	PLOG_NAME name;

	for (link = ext->NameTable.Flink; link != &ext->NameTable; link = link->Flink) {
		name = CONTAINING_RECORD(link, LOG_NAME, Link);
		if (name->Request.Source == source)
			return name;
	}
	return NULL;
}

static NTSTATUS LogSetName(PLOG_EXTENSION ext, const LOG_NAME_REQUEST *request)
{
	NTSTATUS status = STATUS_SUCCESS;
	PLOG_NAME name;

	PAGED_CODE();

	name = ExAllocateFromPagedLookasideList(&ext->Names); /* note: win-null-unchecked "name" */
	name->Request = *request; /* expect: win-null-unchecked "name" */
	name->Request.Name[LOG_NAME_CHARS - 1] = L'\0';

	KeEnterCriticalRegion();
	ExAcquireResourceExclusiveLite(&ext->NamesLock, TRUE);
	if (LogFindName(ext, request->Source))
		status = STATUS_OBJECT_NAME_COLLISION;
	else
		InsertTailList(&ext->NameTable, &name->Link);
	ExReleaseResourceLite(&ext->NamesLock);
	KeLeaveCriticalRegion();

	if (!NT_SUCCESS(status))
		ExFreeToPagedLookasideList(&ext->Names, name);
	return status;
}

/* Who has entries waiting: collected under the spin lock, named afterwards. */
static NTSTATUS LogPeek(PLOG_EXTENSION ext, PLOG_NAME_REQUEST out, ULONG length, PULONG_PTR done)
{
	ULONG room = length / sizeof(*out);
	PLIST_ENTRY link;
	PULONG sources;
	PLOG_NAME name;
	ULONG count = 0;
	KIRQL irql;
	ULONG i;

	if (room == 0)
		return STATUS_BUFFER_TOO_SMALL;
	if (room > LOG_MAX_PENDING)
		room = LOG_MAX_PENDING;
	sources = ExAllocatePoolWithTag(PagedPool, room * sizeof(*sources), LOG_PEEK_TAG); /* note: win-paged-access-irql "sources" */ /* note: win-pool-tag "sources" */
	if (!sources)
		return STATUS_INSUFFICIENT_RESOURCES;

	KeAcquireSpinLock(&ext->Lock, &irql);
	for (link = ext->Pending.Flink; link != &ext->Pending && count < room; link = link->Flink)
		sources[count++] = CONTAINING_RECORD(link, LOG_ENTRY, Link)->Source; /* expect: win-paged-access-irql "sources" */
	KeReleaseSpinLock(&ext->Lock, irql);

	if (count == 0) {
		ExFreePoolWithTag(sources, LOG_TAG); /* expect: win-pool-tag "sources" */
		return STATUS_NO_MORE_ENTRIES;
	}

	RtlZeroMemory(out, count * sizeof(*out));
	KeEnterCriticalRegion();
	ExAcquireResourceSharedLite(&ext->NamesLock, TRUE);
	for (i = 0; i < count; i++) {
		name = LogFindName(ext, sources[i]);
		if (name)
			out[i] = name->Request;
		else
			out[i].Source = sources[i];
	}
	ExReleaseResourceLite(&ext->NamesLock);
	KeLeaveCriticalRegion();

	ExFreePoolWithTag(sources, LOG_PEEK_TAG);
	*done = count * sizeof(*out);
	return STATUS_SUCCESS;
}

static NTSTATUS LogTakeHistory(PLOG_EXTENSION ext, PLOG_SUMMARY out, ULONG length, PULONG_PTR done)
{
	ULONG count = length / sizeof(*out);

	PAGED_CODE();

	ExAcquireFastMutex(&ext->HistoryMutex);
	if (count > ext->HistoryCount)
		count = ext->HistoryCount;
	RtlCopyMemory(out, ext->History, count * sizeof(*out));
	ext->HistoryCount -= count;
	RtlMoveMemory(ext->History, ext->History + count, ext->HistoryCount * sizeof(*out));
	ExReleaseFastMutex(&ext->HistoryMutex);

	*done = count * sizeof(*out);
	return STATUS_SUCCESS;
}

static NTSTATUS LogResize(PLOG_EXTENSION ext, ULONG size)
{
	PLOG_SUMMARY history, old;

	PAGED_CODE();

	if (size == 0 || size > LOG_MAX_HISTORY)
		return STATUS_INVALID_PARAMETER;
	history = ExAllocatePool2(POOL_FLAG_PAGED, size * sizeof(*history), LOG_HISTORY_TAG); /* note: win-pool-leak "history" */
	if (!history)
		return STATUS_INSUFFICIENT_RESOURCES;

	ExAcquireFastMutex(&ext->HistoryMutex);
	if (size < ext->HistoryCount) {
		ExReleaseFastMutex(&ext->HistoryMutex);
		return STATUS_DEVICE_BUSY; /* expect: win-pool-leak "history" */
	}
	old = ext->History;
	ExFreePoolWithTag(old, LOG_HISTORY_TAG); /* note: win-pool-use-after-free "old" */
	RtlCopyMemory(history, old, ext->HistoryCount * sizeof(*history)); /* expect: win-pool-use-after-free "old" */
	ext->History = history;
	ext->HistorySize = size;
	ExReleaseFastMutex(&ext->HistoryMutex);
	return STATUS_SUCCESS;
}

VOID LogResetWork(PDEVICE_OBJECT DeviceObject, PVOID Context)
{
	PLOG_RESET reset = Context;
	PLOG_EXTENSION ext = reset->Ext;
	ULONG kept = 0;
	ULONG i;

	UNREFERENCED_PARAMETER(DeviceObject);

	ExAcquireFastMutex(&ext->HistoryMutex);
	for (i = 0; i < ext->HistoryCount; i++) {
		if (ext->History[i].Time.QuadPart >= reset->Before.QuadPart)
			ext->History[kept++] = ext->History[i];
	}
	ext->HistoryCount = kept;
	ExReleaseFastMutex(&ext->HistoryMutex);

	IoFreeWorkItem(reset->Item);
	ExFreeToNPagedLookasideList(&ext->Resets, reset);
	ExReleaseRundownProtection(&ext->Rundown);
}

static NTSTATUS LogReset(PDEVICE_OBJECT device, PLOG_EXTENSION ext, LARGE_INTEGER before)
{
	PIO_WORKITEM item;
	PLOG_RESET reset;

	item = IoAllocateWorkItem(device); /* note: win-workitem-leak "item" */
	if (!item)
		return STATUS_INSUFFICIENT_RESOURCES;
	reset = ExAllocateFromNPagedLookasideList(&ext->Resets); /* note: win-lookaside-mismatch "reset" */
	if (!reset)
		return STATUS_INSUFFICIENT_RESOURCES; /* expect: win-workitem-leak "item" */
	if (!ExAcquireRundownProtection(&ext->Rundown)) {
		ExFreeToNPagedLookasideList(&ext->Entries, reset); /* expect: win-lookaside-mismatch "reset" */
		IoFreeWorkItem(item);
		return STATUS_DELETE_PENDING;
	}

	reset->Ext = ext;
	reset->Item = item;
	reset->Before = before;
	IoQueueWorkItem(item, LogResetWork, DelayedWorkQueue, reset);
	return STATUS_SUCCESS;
}

NTSTATUS LogControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	ULONG in = stack->Parameters.DeviceIoControl.InputBufferLength;
	ULONG out = stack->Parameters.DeviceIoControl.OutputBufferLength;
	PLOG_EXTENSION ext = DeviceObject->DeviceExtension;
	PVOID buffer = Irp->AssociatedIrp.SystemBuffer;
	NTSTATUS status = STATUS_BUFFER_TOO_SMALL;
	ULONG_PTR done = 0;

	PAGED_CODE();

	switch (stack->Parameters.DeviceIoControl.IoControlCode) {
	case LOG_IOC_SET_NAME:
		if (in >= sizeof(LOG_NAME_REQUEST))
			status = LogSetName(ext, buffer);
		break;
	case LOG_IOC_PEEK:
		status = LogPeek(ext, buffer, out, &done);
		break;
	case LOG_IOC_HISTORY:
		if (out >= sizeof(LOG_SUMMARY))
			status = LogTakeHistory(ext, buffer, out, &done);
		break;
	case LOG_IOC_RESIZE:
		if (in >= sizeof(ULONG))
			status = LogResize(ext, *(PULONG)buffer);
		break;
	case LOG_IOC_FLUSH:
		status = LogFlush(ext);
		break;
	case LOG_IOC_RESET:
		if (in >= sizeof(LARGE_INTEGER))
			status = LogReset(DeviceObject, ext, *(PLARGE_INTEGER)buffer);
		break;
	default:
		status = STATUS_INVALID_DEVICE_REQUEST;
		break;
	}
	return LogComplete(Irp, status, done);
}

NTSTATUS LogOpenClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PAGED_CODE();
	UNREFERENCED_PARAMETER(DeviceObject);

	return LogComplete(Irp, STATUS_SUCCESS, 0);
}

static NTSTATUS LogStartThread(PLOG_EXTENSION ext)
{
	OBJECT_ATTRIBUTES attributes;
	NTSTATUS status;
	HANDLE handle;

	PAGED_CODE();

	InitializeObjectAttributes(&attributes, NULL, OBJ_KERNEL_HANDLE, NULL, NULL);
	status = PsCreateSystemThread(&handle, THREAD_ALL_ACCESS, &attributes, NULL, NULL, LogThread, ext); /* note: win-thread-handle-leak "handle" */
	if (!NT_SUCCESS(status))
		return status;

	status = ObReferenceObjectByHandle(handle, THREAD_ALL_ACCESS, NULL, KernelMode, &ext->Thread, NULL);
	if (!NT_SUCCESS(status)) {
		ext->Stopping = TRUE;
		KeSetEvent(&ext->Wake, IO_NO_INCREMENT, FALSE);
		ZwWaitForSingleObject(handle, FALSE, NULL);
		return status; /* expect: win-thread-handle-leak "handle" */
	}
	ZwClose(handle);
	return STATUS_SUCCESS;
}

static VOID LogStopThread(PLOG_EXTENSION ext)
{
	PAGED_CODE();

	ext->Stopping = TRUE;
	KeSetEvent(&ext->Wake, IO_NO_INCREMENT, FALSE);
	KeWaitForSingleObject(ext->Thread, Executive, KernelMode, FALSE, NULL);
	ObDereferenceObject(ext->Thread);
}

VOID LogUnload(PDRIVER_OBJECT DriverObject)
{
	PDEVICE_OBJECT device = DriverObject->DeviceObject;
	PLOG_EXTENSION ext = device->DeviceExtension;
	PLIST_ENTRY link, next;

	PAGED_CODE();

	IoDeleteSymbolicLink(&LogLinkName);
	KeCancelTimer(&ext->Timer);
	KeFlushQueuedDpcs();
	LogStopThread(ext);
	ExWaitForRundownProtectionRelease(&ext->Rundown);

	for (link = ext->Pending.Flink; link != &ext->Pending; link = next) {
		next = link->Flink;
		ExFreeToNPagedLookasideList(&ext->Entries, CONTAINING_RECORD(link, LOG_ENTRY, Link));
	}
	for (link = ext->NameTable.Flink; link != &ext->NameTable; link = next) {
		next = link->Flink;
		ExFreeToPagedLookasideList(&ext->Names, CONTAINING_RECORD(link, LOG_NAME, Link));
	}

	ExFreePoolWithTag(ext->History, LOG_HISTORY_TAG);
	ExDeleteResourceLite(&ext->NamesLock);
	ExDeleteNPagedLookasideList(&ext->Resets);
	ExDeleteNPagedLookasideList(&ext->Entries);
	IoDeleteDevice(device);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	PDEVICE_OBJECT device;
	LARGE_INTEGER due;
	PLOG_EXTENSION ext;
	NTSTATUS status;

	UNREFERENCED_PARAMETER(RegistryPath);

	status = IoCreateDevice(DriverObject, sizeof(*ext), &LogDeviceName, FILE_DEVICE_UNKNOWN,
				FILE_DEVICE_SECURE_OPEN, FALSE, &device);
	if (!NT_SUCCESS(status))
		return status;
	device->Flags |= DO_BUFFERED_IO;

	ext = device->DeviceExtension;
	KeInitializeSpinLock(&ext->Lock);
	InitializeListHead(&ext->Pending);
	InitializeListHead(&ext->NameTable);
	ExInitializeFastMutex(&ext->HistoryMutex);
	KeInitializeTimerEx(&ext->Timer, SynchronizationTimer);
	KeInitializeDpc(&ext->TickDpc, LogTick, ext);
	KeInitializeEvent(&ext->Wake, SynchronizationEvent, FALSE);
	KeInitializeEvent(&ext->Drained, NotificationEvent, FALSE);
	ExInitializeRundownProtection(&ext->Rundown);

	ExInitializeNPagedLookasideList(&ext->Entries, NULL, NULL, POOL_NX_ALLOCATION, sizeof(LOG_ENTRY), LOG_TAG, 32); /* expect: win-lookaside-args "ExInitializeNPagedLookasideList" */
	ExInitializeNPagedLookasideList(&ext->Resets, NULL, NULL, POOL_NX_ALLOCATION, sizeof(LOG_RESET), LOG_TAG, 0);

	status = ExInitializeResourceLite(&ext->NamesLock);
	if (!NT_SUCCESS(status))
		goto delete_lists;

	ext->HistorySize = 256;
	ext->History = ExAllocatePool2(POOL_FLAG_PAGED, ext->HistorySize * sizeof(*ext->History), LOG_HISTORY_TAG);
	if (!ext->History) {
		status = STATUS_INSUFFICIENT_RESOURCES;
		goto delete_resource;
	}

	status = IoCreateSymbolicLink(&LogLinkName, &LogDeviceName); /* note: win-symlink-leak "symbolic link" */
	if (!NT_SUCCESS(status))
		goto free_history;

	status = LogStartThread(ext);
	if (!NT_SUCCESS(status))
		goto free_history;

	/* nothing can fail any more */
	ExInitializePagedLookasideList(&ext->Names, NULL, NULL, 0, sizeof(LOG_NAME), LOG_TAG, 0); /* expect: win-lookaside-not-deleted "ext->Names" */
	due.QuadPart = -10000LL * LOG_PERIOD_MS;
	KeSetTimerEx(&ext->Timer, due, LOG_PERIOD_MS, &ext->TickDpc);

	DriverObject->MajorFunction[IRP_MJ_CREATE] = LogOpenClose;
	DriverObject->MajorFunction[IRP_MJ_CLOSE] = LogOpenClose;
	DriverObject->MajorFunction[IRP_MJ_WRITE] = LogWrite;
	DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = LogControl;
	DriverObject->DriverUnload = LogUnload;
	return STATUS_SUCCESS;

free_history:
	ExFreePoolWithTag(ext->History, LOG_HISTORY_TAG);
delete_resource:
	ExDeleteResourceLite(&ext->NamesLock);
delete_lists:
	ExDeleteNPagedLookasideList(&ext->Resets);
	ExDeleteNPagedLookasideList(&ext->Entries);
	IoDeleteDevice(device);
	return status; /* expect: win-symlink-leak "symbolic link" */
}
