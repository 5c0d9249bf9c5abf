// SPDX-License-Identifier: GPL-2.0
/*
 * A packet switch in software: senders queue packets, a timer DPC delivers them
 * to the ports, and readers wait for what arrives at theirs.
 */
#include <ntddk.h>

#define PKT_TAG	      'tkPx'
#define PKT_PORT_TAG  'pkPx'
#define PKT_DATA      256
#define PKT_PORTS     8
#define PKT_TICK_MSEC 10
#define PKT_BURST     32
#define PKT_LATE      50

#define PKT_CODE(function) CTL_CODE(FILE_DEVICE_NETWORK, 0x880 + (function), METHOD_BUFFERED, FILE_ANY_ACCESS)
#define PKT_IOC_SEND	   PKT_CODE(0) /* in: ULONG from, ULONG to, data */
#define PKT_IOC_MOVE	   PKT_CODE(1) /* in: ULONG from, ULONG to */
#define PKT_IOC_RECORD	   PKT_CODE(2) /* in: ULONG port, how many packets to record */
#define PKT_IOC_STAT	   PKT_CODE(3) /* in: ULONG port, out: PKT_STAT */
#define PKT_IOC_PURGE	   PKT_CODE(4) /* in: ULONG port */

typedef struct _PKT_PACKET {
	LIST_ENTRY Link;
	ULONG From, To;
	ULONG Age;
	ULONG Length;
	UCHAR Data[PKT_DATA];
} PKT_PACKET, *PPKT_PACKET;

typedef struct _PKT_STAT {
	ULONG Packets;
	ULONG Dropped;
	ULONG64 Bytes;
} PKT_STAT, *PPKT_STAT;

/* What arrived at a port, without the data. */
typedef struct _PKT_RECORD {
	LIST_ENTRY Link;
	ULONG From;
	ULONG Length;
} PKT_RECORD, *PPKT_RECORD;

typedef struct _PKT_PORT {
	KSPIN_LOCK Lock; /* of two ports the lower one first; behind the switch's */
	LIST_ENTRY Arrived;
	LIST_ENTRY Records;
	ULONG Recording;
	PKT_STAT Stat;
	PULONG Histogram; /* of lengths, made with the first long packet */
} PKT_PORT, *PPKT_PORT;

typedef struct _PKT_EXTENSION {
	NPAGED_LOOKASIDE_LIST Packets;
	PAGED_LOOKASIDE_LIST Reports;
	KSPIN_LOCK Lock; /* Waiting and Alarms */
	LIST_ENTRY Waiting;
	LIST_ENTRY Alarms;
	PKT_PORT Ports[PKT_PORTS];
	KTIMER TickTimer;
	KDPC TickDpc;
	KTIMER AgeTimer;
	KDPC AgeDpc;
	KDPC AlarmDpc;
} PKT_EXTENSION, *PPKT_EXTENSION;

typedef struct _PKT_ALARM {
	LIST_ENTRY Link;
	ULONG Port;
} PKT_ALARM, *PPKT_ALARM;

typedef struct _PKT_REPORT {
	PKT_STAT Stat;
	ULONG Mean;
} PKT_REPORT, *PPKT_REPORT;

static UNICODE_STRING PktDeviceName = RTL_CONSTANT_STRING(L"\\Device\\PacketSwitch");
static UNICODE_STRING PktLinkName = RTL_CONSTANT_STRING(L"\\??\\PacketSwitch");

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD PktUnload;
DRIVER_DISPATCH PktOpenClose;
DRIVER_DISPATCH PktRead;
DRIVER_DISPATCH PktControl;
KDEFERRED_ROUTINE PktTick;
KDEFERRED_ROUTINE PktAge;
KDEFERRED_ROUTINE PktAlarm;

static NTSTATUS PktComplete(PIRP Irp, NTSTATUS status, ULONG_PTR information)
{
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = information;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

/* Keep a record of a packet; the caller holds the port's lock. */
static VOID PktRemember(PPKT_PORT port, const PKT_PACKET *packet)
{
	PPKT_RECORD record;

	record = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*record), PKT_TAG);
	if (!record) {
		port->Stat.Dropped++;
		return;
	}
	record->From = packet->From;
	record->Length = packet->Length;
	InsertTailList(&port->Records, &record->Link);
	port->Recording--;
}

/* Put a packet into its port, at DISPATCH_LEVEL. */
static VOID PktDeliver(PPKT_EXTENSION ext, PPKT_PACKET packet)
{
	PPKT_PORT port = &ext->Ports[packet->To];

	KeAcquireSpinLockAtDpcLevel(&port->Lock);
	if (port->Recording)
		PktRemember(port, packet);
	if (!port->Histogram && packet->Length > PKT_DATA / 2)
		port->Histogram = ExAllocatePool2(POOL_FLAG_NON_PAGED, PKT_DATA * sizeof(ULONG), PKT_PORT_TAG);
	if (port->Histogram)
		port->Histogram[packet->Length - 1]++;
	port->Stat.Packets++;
	port->Stat.Bytes += packet->Length;
	InsertTailList(&port->Arrived, &packet->Link);
	KeReleaseSpinLockFromDpcLevel(&port->Lock);
}

/* A few packets with each tick. */
VOID PktTick(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PPKT_EXTENSION ext = Context;
	LIST_ENTRY burst;
	PPKT_PACKET packet;
	ULONG count;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);

	InitializeListHead(&burst);
	KeAcquireSpinLockAtDpcLevel(&ext->Lock);
	for (count = 0; count < PKT_BURST && !IsListEmpty(&ext->Waiting); count++)
		InsertTailList(&burst, RemoveHeadList(&ext->Waiting));
	KeReleaseSpinLockFromDpcLevel(&ext->Lock);

	while (!IsListEmpty(&burst)) {
		packet = CONTAINING_RECORD(RemoveHeadList(&burst), PKT_PACKET, Link);
		PktDeliver(ext, packet);
	}
}

/* Packets that nobody fetches get old; a port full of them raises an alarm. */
VOID PktAge(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PPKT_EXTENSION ext = Context;
	PPKT_ALARM alarm;
	PLIST_ENTRY link;
	ULONG i, late;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);

	for (i = 0; i < PKT_PORTS; i++) {
		late = 0;
		KeAcquireSpinLockAtDpcLevel(&ext->Ports[i].Lock);
		for (link = ext->Ports[i].Arrived.Flink; link != &ext->Ports[i].Arrived; link = link->Flink) {
			if (++CONTAINING_RECORD(link, PKT_PACKET, Link)->Age > PKT_LATE)
				late++;
		}
		KeReleaseSpinLockFromDpcLevel(&ext->Ports[i].Lock);
		if (late < PKT_BURST)
			continue;

		alarm = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*alarm), PKT_TAG);
		if (!alarm)
			continue;
		alarm->Port = i;
		KeAcquireSpinLockAtDpcLevel(&ext->Lock);
		InsertTailList(&ext->Alarms, &alarm->Link);
		KeReleaseSpinLockFromDpcLevel(&ext->Lock);
		KeInsertQueueDpc(&ext->AlarmDpc, NULL, NULL);
	}
}

/* An alarm costs the port its oldest packet. */
VOID PktAlarm(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PPKT_EXTENSION ext = Context;
	PLIST_ENTRY oldest = NULL;
	PPKT_ALARM alarm;
	PPKT_PORT port;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);

	KeAcquireSpinLockAtDpcLevel(&ext->Lock);
	if (IsListEmpty(&ext->Alarms)) {
		KeReleaseSpinLockFromDpcLevel(&ext->Lock);
		return;
	}
	alarm = CONTAINING_RECORD(RemoveHeadList(&ext->Alarms), PKT_ALARM, Link);
	KeReleaseSpinLockFromDpcLevel(&ext->Lock);

	port = &ext->Ports[alarm->Port];
	ExFreePoolWithTag(alarm, PKT_TAG);

	KeAcquireSpinLockAtDpcLevel(&port->Lock);
	if (!IsListEmpty(&port->Arrived)) {
		oldest = RemoveHeadList(&port->Arrived);
		port->Stat.Dropped++;
	}
	KeReleaseSpinLockFromDpcLevel(&port->Lock);
	if (oldest)
		ExFreeToNPagedLookasideList(&ext->Packets, CONTAINING_RECORD(oldest, PKT_PACKET, Link));
}

static NTSTATUS PktSend(PPKT_EXTENSION ext, const ULONG *in, ULONG length)
{
	PPKT_PACKET packet;
	KIRQL irql;

	if (length <= 2 * sizeof(ULONG) || length - 2 * sizeof(ULONG) > PKT_DATA)
		return STATUS_INVALID_BUFFER_SIZE;
	if (in[0] >= PKT_PORTS || in[1] >= PKT_PORTS)
		return STATUS_INVALID_PARAMETER;

	packet = ExAllocateFromNPagedLookasideList(&ext->Packets);
	if (!packet)
		return STATUS_INSUFFICIENT_RESOURCES;
	packet->From = in[0];
	packet->To = in[1];
	packet->Age = 0;
	packet->Length = length - 2 * sizeof(ULONG);
	RtlCopyMemory(packet->Data, in + 2, packet->Length);

	KeAcquireSpinLock(&ext->Lock, &irql);
	if (!IsListEmpty(&ext->Alarms)) {
		KeReleaseSpinLock(&ext->Lock, irql);
		ExFreeToNPagedLookasideList(&ext->Packets, packet);
		return STATUS_DEVICE_BUSY;
	}
	InsertTailList(&ext->Waiting, &packet->Link);
	KeReleaseSpinLock(&ext->Lock, irql);
	return STATUS_SUCCESS;
}

/* All that arrived at one port goes to a higher one. */
static NTSTATUS PktMove(PPKT_EXTENSION ext, ULONG from, ULONG to)
{
	KIRQL fromIrql, toIrql;

	if (from >= to || to >= PKT_PORTS)
		return STATUS_INVALID_PARAMETER;

	KeAcquireSpinLock(&ext->Ports[from].Lock, &fromIrql);
	KeAcquireSpinLock(&ext->Ports[to].Lock, &toIrql);
	while (!IsListEmpty(&ext->Ports[from].Arrived))
		InsertTailList(&ext->Ports[to].Arrived, RemoveHeadList(&ext->Ports[from].Arrived));
	ext->Ports[to].Stat.Packets += ext->Ports[from].Stat.Packets;
	ext->Ports[from].Stat.Packets = 0;
	KeReleaseSpinLock(&ext->Ports[to].Lock, toIrql);
	KeReleaseSpinLock(&ext->Ports[from].Lock, fromIrql);
	return STATUS_SUCCESS;
}

/* Start to record; there is room for the first entry at once. */
static NTSTATUS PktStartRecord(PPKT_EXTENSION ext, ULONG index, ULONG count)
{
	NTSTATUS status = STATUS_SUCCESS;
	PPKT_RECORD record;
	PPKT_PORT port;
	KIRQL irql;

	if (index >= PKT_PORTS || count == 0)
		return STATUS_INVALID_PARAMETER;
	port = &ext->Ports[index];

	KeAcquireSpinLock(&port->Lock, &irql);
	if (port->Recording) {
		status = STATUS_DEVICE_BUSY;
		goto unlock;
	}
	record = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*record), PKT_TAG);
	if (!record) {
		status = STATUS_INSUFFICIENT_RESOURCES;
		goto unlock;
	}
	record->From = PKT_PORTS;
	InsertTailList(&port->Records, &record->Link);
	port->Recording = count;
unlock:
	KeReleaseSpinLock(&port->Lock, irql);
	return status;
}

/* The numbers are worked out in a report of our own before the client sees them. */
static NTSTATUS PktGetStat(PPKT_EXTENSION ext, ULONG index, PPKT_STAT out, PULONG_PTR done)
{
	PPKT_REPORT report;
	KIRQL irql;

	if (index >= PKT_PORTS)
		return STATUS_INVALID_PARAMETER;
	report = ExAllocateFromPagedLookasideList(&ext->Reports);
	if (!report)
		return STATUS_INSUFFICIENT_RESOURCES;
	RtlZeroMemory(report, sizeof(*report));

	if (ext->Ports[index].Stat.Packets == 0) {
		ExFreeToPagedLookasideList(&ext->Reports, report);
		return STATUS_NO_DATA_DETECTED;
	}
	KeAcquireSpinLock(&ext->Ports[index].Lock, &irql);
	*out = ext->Ports[index].Stat;
	KeReleaseSpinLock(&ext->Ports[index].Lock, irql);

	report->Mean = out->Packets ? (ULONG)(out->Bytes / out->Packets) : 0;
	report->Stat = *out;
	if (report->Mean > PKT_DATA) {
		ExFreeToPagedLookasideList(&ext->Reports, report);
		return STATUS_DATA_ERROR;
	}
	DbgPrint("port %lu: %lu packets, %lu bytes each\n", index, report->Stat.Packets, report->Mean);
	ExFreeToPagedLookasideList(&ext->Reports, report);
	*done = sizeof(*out);
	return STATUS_SUCCESS;
}

static VOID PktFreeRecords(PLIST_ENTRY records)
{
	PPKT_RECORD record;

	while (!IsListEmpty(records)) {
		record = CONTAINING_RECORD(RemoveHeadList(records), PKT_RECORD, Link);
		DbgPrint("from %lu: %lu bytes\n", record->From, record->Length);
		ExFreePoolWithTag(record, PKT_TAG);
	}
}

/* Throw away what a port has, with the numbers that belong to it. */
static NTSTATUS PktPurge(PPKT_EXTENSION ext, ULONG index)
{
	KIRQL switchIrql, portIrql;
	LIST_ENTRY packets, records;
	PPKT_PACKET packet;
	PULONG histogram;
	PPKT_PORT port;

	if (index >= PKT_PORTS)
		return STATUS_INVALID_PARAMETER;
	port = &ext->Ports[index];
	InitializeListHead(&packets);
	InitializeListHead(&records);

	KeAcquireSpinLock(&ext->Lock, &switchIrql);
	KeAcquireSpinLock(&port->Lock, &portIrql);
	if (port->Recording) {
		KeReleaseSpinLock(&port->Lock, portIrql);
		KeReleaseSpinLock(&ext->Lock, switchIrql);
		return STATUS_DEVICE_BUSY;
	}
	while (!IsListEmpty(&port->Arrived))
		InsertTailList(&packets, RemoveHeadList(&port->Arrived));
	while (!IsListEmpty(&port->Records))
		InsertTailList(&records, RemoveHeadList(&port->Records));
	histogram = port->Histogram;
	port->Histogram = NULL;
	RtlZeroMemory(&port->Stat, sizeof(port->Stat));
	KeReleaseSpinLock(&port->Lock, portIrql);
	KeReleaseSpinLock(&ext->Lock, switchIrql);

	while (!IsListEmpty(&packets)) {
		packet = CONTAINING_RECORD(RemoveHeadList(&packets), PKT_PACKET, Link);
		ExFreeToNPagedLookasideList(&ext->Packets, packet);
	}
	PktFreeRecords(&records);
	if (histogram)
		ExFreePoolWithTag(histogram, PKT_PORT_TAG);
	return STATUS_SUCCESS;
}

/* A read gets the oldest packet of the port that its key names. */
NTSTATUS PktRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPKT_EXTENSION ext = DeviceObject->DeviceExtension;
	ULONG length = stack->Parameters.Read.Length;
	ULONG index = stack->Parameters.Read.Key;
	PPKT_PACKET packet;
	PPKT_PORT port;
	KIRQL irql;

	if (index >= PKT_PORTS)
		return PktComplete(Irp, STATUS_INVALID_PARAMETER, 0);
	port = &ext->Ports[index];

	KeAcquireSpinLock(&port->Lock, &irql);
	if (IsListEmpty(&port->Arrived)) {
		KeReleaseSpinLock(&port->Lock, irql);
		Irp->IoStatus.Status = STATUS_NO_MORE_ENTRIES;
		Irp->IoStatus.Information = 0;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
		return STATUS_NO_MORE_ENTRIES;
	}
	packet = CONTAINING_RECORD(RemoveHeadList(&port->Arrived), PKT_PACKET, Link);
	KeReleaseSpinLock(&port->Lock, irql);

	if (length > packet->Length)
		length = packet->Length;
	RtlCopyMemory(Irp->AssociatedIrp.SystemBuffer, packet->Data, length);
	Irp->IoStatus.Information = length;
	packet->Length = 0;
	ExFreeToNPagedLookasideList(&ext->Packets, packet);
	Irp->IoStatus.Status = STATUS_SUCCESS;
	IoCompleteRequest(Irp, IO_NETWORK_INCREMENT);
	return STATUS_SUCCESS;
}

NTSTATUS PktControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	ULONG in = stack->Parameters.DeviceIoControl.InputBufferLength;
	ULONG out = stack->Parameters.DeviceIoControl.OutputBufferLength;
	PPKT_EXTENSION ext = DeviceObject->DeviceExtension;
	PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
	ULONG_PTR done = 0;
	NTSTATUS status;

	if (in < 2 * sizeof(ULONG))
		return PktComplete(Irp, STATUS_BUFFER_TOO_SMALL, 0);

	switch (stack->Parameters.DeviceIoControl.IoControlCode) {
	case PKT_IOC_SEND:
		status = PktSend(ext, buffer, in);
		break;
	case PKT_IOC_MOVE:
		status = PktMove(ext, buffer[0], buffer[1]);
		break;
	case PKT_IOC_RECORD:
		status = PktStartRecord(ext, buffer[0], buffer[1]);
		break;
	case PKT_IOC_STAT:
		if (out < sizeof(PKT_STAT))
			return PktComplete(Irp, STATUS_BUFFER_TOO_SMALL, 0);
		status = PktGetStat(ext, buffer[0], (PPKT_STAT)buffer, &done);
		break;
	case PKT_IOC_PURGE:
		status = PktPurge(ext, buffer[0]);
		break;
	default:
		return PktComplete(Irp, STATUS_INVALID_DEVICE_REQUEST, 0);
	}
	return PktComplete(Irp, status, done);
}

NTSTATUS PktOpenClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	UNREFERENCED_PARAMETER(DeviceObject);

	return PktComplete(Irp, STATUS_SUCCESS, 0);
}

VOID PktUnload(PDRIVER_OBJECT DriverObject)
{
	PDEVICE_OBJECT device = DriverObject->DeviceObject;
	PPKT_EXTENSION ext = device->DeviceExtension;
	PLIST_ENTRY link;
	ULONG i;

	IoDeleteSymbolicLink(&PktLinkName);
	KeCancelTimer(&ext->TickTimer);
	KeCancelTimer(&ext->AgeTimer);
	KeFlushQueuedDpcs();

	for (i = 0; i < PKT_PORTS; i++) {
		ext->Ports[i].Recording = 0;
		PktPurge(ext, i);
	}
	while (!IsListEmpty(&ext->Waiting)) {
		link = RemoveHeadList(&ext->Waiting);
		ExFreeToNPagedLookasideList(&ext->Packets, CONTAINING_RECORD(link, PKT_PACKET, Link));
	}
	while (!IsListEmpty(&ext->Alarms)) {
		link = RemoveHeadList(&ext->Alarms);
		ExFreePoolWithTag(CONTAINING_RECORD(link, PKT_ALARM, Link), PKT_TAG);
	}
	ExDeletePagedLookasideList(&ext->Reports);
	ExDeleteNPagedLookasideList(&ext->Packets);
	IoDeleteDevice(device);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	PDEVICE_OBJECT device;
	PPKT_EXTENSION ext;
	LARGE_INTEGER due;
	NTSTATUS status;
	ULONG i;

	UNREFERENCED_PARAMETER(RegistryPath);

	status = IoCreateDevice(DriverObject, sizeof(*ext), &PktDeviceName, FILE_DEVICE_NETWORK, FILE_DEVICE_SECURE_OPEN,
				FALSE, &device);
	if (!NT_SUCCESS(status))
		return status;
	device->Flags |= DO_BUFFERED_IO;

	ext = device->DeviceExtension;
	KeInitializeSpinLock(&ext->Lock);
	InitializeListHead(&ext->Waiting);
	InitializeListHead(&ext->Alarms);
	for (i = 0; i < PKT_PORTS; i++) {
		KeInitializeSpinLock(&ext->Ports[i].Lock);
		InitializeListHead(&ext->Ports[i].Arrived);
		InitializeListHead(&ext->Ports[i].Records);
	}
	KeInitializeTimer(&ext->TickTimer);
	KeInitializeDpc(&ext->TickDpc, PktTick, ext);
	KeInitializeTimer(&ext->AgeTimer);
	KeInitializeDpc(&ext->AgeDpc, PktAge, ext);
	KeInitializeDpc(&ext->AlarmDpc, PktAlarm, ext);
	ExInitializeNPagedLookasideList(&ext->Packets, NULL, NULL, POOL_NX_ALLOCATION, sizeof(PKT_PACKET), PKT_TAG, 0);
	ExInitializePagedLookasideList(&ext->Reports, NULL, NULL, 0, sizeof(PKT_REPORT), PKT_TAG, 0);

	status = IoCreateSymbolicLink(&PktLinkName, &PktDeviceName);
	if (!NT_SUCCESS(status)) {
		ExDeletePagedLookasideList(&ext->Reports);
		ExDeleteNPagedLookasideList(&ext->Packets);
		IoDeleteDevice(device);
		return status;
	}

	DriverObject->MajorFunction[IRP_MJ_CREATE] = PktOpenClose;
	DriverObject->MajorFunction[IRP_MJ_CLOSE] = PktOpenClose;
	DriverObject->MajorFunction[IRP_MJ_READ] = PktRead;
	DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = PktControl;
	DriverObject->DriverUnload = PktUnload;

	due.QuadPart = -10000LL * PKT_TICK_MSEC;
	KeSetTimerEx(&ext->TickTimer, due, PKT_TICK_MSEC, &ext->TickDpc);
	KeSetTimerEx(&ext->AgeTimer, due, 100 * PKT_TICK_MSEC, &ext->AgeDpc);
	return STATUS_SUCCESS;
}
