// SPDX-License-Identifier: GPL-2.0
/* Requests, devices, links, handles and work items of WDM drivers, in the idioms their authors use. */
#include <ntddk.h>

typedef struct _UNIT {
	PDEVICE_OBJECT Self;
	PDEVICE_OBJECT Lower;
	IO_REMOVE_LOCK RemoveLock;
	KSPIN_LOCK Lock;
	LIST_ENTRY Queue;
	IO_CSQ Csq;
	PETHREAD Thread;
	BOOLEAN Started;
	ULONG Count;
} UNIT, *PUNIT;

DRIVER_DISPATCH UnitPnp;
DRIVER_DISPATCH UnitRead;
DRIVER_DISPATCH UnitWrite;
DRIVER_DISPATCH UnitControl;
DRIVER_DISPATCH BadRead;
DRIVER_DISPATCH BadWrite;
DRIVER_DISPATCH BadControl;
DRIVER_DISPATCH BadQuery;
DRIVER_DISPATCH BadStart;
DRIVER_ADD_DEVICE UnitAdd;
DRIVER_ADD_DEVICE UnitAddThroughExtension;
DRIVER_ADD_DEVICE BadAdd;
DRIVER_CANCEL UnitCancel;
IO_COMPLETION_ROUTINE WakeWaiter;
IO_COMPLETION_ROUTINE PassOn;
IO_COMPLETION_ROUTINE BadComplete;
IO_WORKITEM_ROUTINE_EX UnitWork;
KSTART_ROUTINE UnitThread;

NTSTATUS StartHardware(PUNIT Unit);
NTSTATUS Handle(PUNIT Unit, PIRP Irp);
NTSTATUS OtherCheck(ULONG Value);

static NTSTATUS Complete(PIRP Irp, NTSTATUS Status, ULONG_PTR Information)
{
	Irp->IoStatus.Status = Status;
	Irp->IoStatus.Information = Information;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return Status;
}

/* ---- right: forwarding ------------------------------------------------------ */

NTSTATUS WakeWaiter(PDEVICE_OBJECT Device, PIRP Irp, PVOID Context)
{
	UNREFERENCED_PARAMETER(Device);
	if (Irp->PendingReturned)
		KeSetEvent(Context, IO_NO_INCREMENT, FALSE);
	return STATUS_MORE_PROCESSING_REQUIRED;
}

NTSTATUS PassOn(PDEVICE_OBJECT Device, PIRP Irp, PVOID Context)
{
	PUNIT unit = Context;

	UNREFERENCED_PARAMETER(Device);
	if (Irp->PendingReturned)
		IoMarkIrpPending(Irp);
	IoReleaseRemoveLock(&unit->RemoveLock, Irp);
	return STATUS_CONTINUE_COMPLETION;
}

static NTSTATUS ForwardAndWait(PUNIT Unit, PIRP Irp)
{
	NTSTATUS status;
	KEVENT event;

	KeInitializeEvent(&event, NotificationEvent, FALSE);
	IoCopyCurrentIrpStackLocationToNext(Irp);
	IoSetCompletionRoutine(Irp, WakeWaiter, &event, TRUE, TRUE, TRUE);
	status = IoCallDriver(Unit->Lower, Irp);
	if (status == STATUS_PENDING) {
		KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, NULL);
		status = Irp->IoStatus.Status; /* ok: win-irp-use-after */
	}
	return status;
}

NTSTATUS UnitPnp(PDEVICE_OBJECT Device, PIRP Irp)
{
	PUNIT unit = Device->DeviceExtension;
	NTSTATUS status = IoAcquireRemoveLock(&unit->RemoveLock, Irp);

	if (!NT_SUCCESS(status))
		return Complete(Irp, status, 0);
	switch (IoGetCurrentIrpStackLocation(Irp)->MinorFunction) {
	case IRP_MN_START_DEVICE:
		status = ForwardAndWait(unit, Irp);
		if (NT_SUCCESS(status))
			status = StartHardware(unit);
		Irp->IoStatus.Status = status;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
		IoReleaseRemoveLock(&unit->RemoveLock, Irp); /* ok: win-irp-use-after */
		return status;
	case IRP_MN_REMOVE_DEVICE:
		Irp->IoStatus.Status = STATUS_SUCCESS;
		IoSkipCurrentIrpStackLocation(Irp);
		status = IoCallDriver(unit->Lower, Irp);
		IoReleaseRemoveLockAndWait(&unit->RemoveLock, Irp); /* ok: win-irp-use-after */
		IoDetachDevice(unit->Lower);
		IoDeleteDevice(Device);
		return status;
	case IRP_MN_QUERY_CAPABILITIES:
		IoCopyCurrentIrpStackLocationToNext(Irp);
		IoSetCompletionRoutine(Irp, PassOn, unit, TRUE, TRUE, TRUE);
		return IoCallDriver(unit->Lower, Irp);
	default:
		break;
	}
	IoSkipCurrentIrpStackLocation(Irp);
	status = IoCallDriver(unit->Lower, Irp);
	IoReleaseRemoveLock(&unit->RemoveLock, Irp); /* ok: win-irp-use-after */
	return status;
}

/* ---- right: queues and cancelling ------------------------------------------- */

VOID UnitCancel(PDEVICE_OBJECT Device, PIRP Irp)
{
	PUNIT unit = Device->DeviceExtension;
	KIRQL irql;

	IoReleaseCancelSpinLock(Irp->CancelIrql);
	KeAcquireSpinLock(&unit->Lock, &irql);
	RemoveEntryList(&Irp->Tail.Overlay.ListEntry);
	KeReleaseSpinLock(&unit->Lock, irql);
	Complete(Irp, STATUS_CANCELLED, 0);
}

NTSTATUS UnitRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PUNIT unit = Device->DeviceExtension;
	KIRQL irql;

	KeAcquireSpinLock(&unit->Lock, &irql);
	IoSetCancelRoutine(Irp, UnitCancel);
	if (Irp->Cancel && IoSetCancelRoutine(Irp, NULL) != NULL) {
		KeReleaseSpinLock(&unit->Lock, irql);
		Irp->IoStatus.Status = STATUS_CANCELLED;
		Irp->IoStatus.Information = 0;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
		return STATUS_CANCELLED; /* ok: win-irp-pending */
	}
	IoMarkIrpPending(Irp);
	InsertTailList(&unit->Queue, &Irp->Tail.Overlay.ListEntry);
	KeReleaseSpinLock(&unit->Lock, irql);
	return STATUS_PENDING; /* ok: win-irp-pending */
}

NTSTATUS UnitWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PUNIT unit = Device->DeviceExtension;
	NTSTATUS status = STATUS_PENDING;
	KIRQL irql;

	KeAcquireSpinLock(&unit->Lock, &irql);
	if (unit->Started) {
		IoMarkIrpPending(Irp);
		InsertTailList(&unit->Queue, &Irp->Tail.Overlay.ListEntry);
	} else {
		status = STATUS_DEVICE_NOT_READY;
	}
	KeReleaseSpinLock(&unit->Lock, irql);
	if (status != STATUS_PENDING)
		Complete(Irp, status, 0);
	return status; /* ok: win-irp-pending */
}

NTSTATUS UnitControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PUNIT unit = Device->DeviceExtension;
	NTSTATUS status = STATUS_SUCCESS;

	switch (stack->Parameters.DeviceIoControl.IoControlCode) {
	case 1:
		status = IoCsqInsertIrpEx(&unit->Csq, Irp, NULL, NULL);
		if (NT_SUCCESS(status))
			return STATUS_PENDING; /* ok: win-irp-pending */
		break;
	case 2:
		IoSkipCurrentIrpStackLocation(Irp);
		return IoCallDriver(unit->Lower, Irp);
	case 3:
		status = Handle(unit, Irp);
		if (status == STATUS_PENDING)
			return status;
		break;
	default:
		status = STATUS_INVALID_DEVICE_REQUEST;
		break;
	}
	Irp->IoStatus.Status = status;
	IoCompleteRequest(Irp, NT_SUCCESS(status) ? IO_DISK_INCREMENT : IO_NO_INCREMENT);
	return status; /* ok: win-irp-status-mismatch */
}

/* ---- right: devices, handles, work items ------------------------------------ */

NTSTATUS UnitAdd(PDRIVER_OBJECT Driver, PDEVICE_OBJECT Pdo)
{
	PDEVICE_OBJECT device = NULL;
	PUNIT unit = NULL;
	NTSTATUS status;

	do {
		status = IoCreateDevice(Driver, sizeof(UNIT), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device);
		if (!NT_SUCCESS(status))
			break;
		unit = device->DeviceExtension;
		unit->Lower = IoAttachDeviceToDeviceStack(device, Pdo);
		if (unit->Lower == NULL) {
			status = STATUS_NO_SUCH_DEVICE;
			break;
		}
		device->Flags = (device->Flags | DO_BUFFERED_IO) & ~DO_DEVICE_INITIALIZING;
	} while (0);
	if (!NT_SUCCESS(status) && device != NULL)
		IoDeleteDevice(device);
	return status; /* ok: win-device-leak */
}

static VOID Teardown(PUNIT Unit)
{
	IoDeleteDevice(Unit->Self);
}

NTSTATUS UnitAddThroughExtension(PDRIVER_OBJECT Driver, PDEVICE_OBJECT Pdo)
{
	PDEVICE_OBJECT device;
	NTSTATUS status;
	PUNIT unit;

	status = IoCreateDevice(Driver, sizeof(UNIT), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device);
	if (!NT_SUCCESS(status))
		return status;
	unit = device->DeviceExtension;
	unit->Self = device;
	status = IoAttachDeviceToDeviceStackSafe(device, Pdo, &unit->Lower);
	if (!NT_SUCCESS(status)) {
		Teardown(unit);
		return status; /* ok: win-device-leak */
	}
	device->Flags &= ~DO_DEVICE_INITIALIZING;
	return status;
}

/* The driver's list of devices leads to all of them. */
NTSTATUS DeletesByList(PDRIVER_OBJECT Driver)
{
	NTSTATUS status = STATUS_SUCCESS;
	PDEVICE_OBJECT device;
	ULONG i;

	for (i = 0; i < 4; i++) {
		status = IoCreateDevice(Driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device);
		if (!NT_SUCCESS(status))
			break;
		device->Flags &= ~DO_DEVICE_INITIALIZING;
	}
	if (!NT_SUCCESS(status))
		while (Driver->DeviceObject != NULL)
			IoDeleteDevice(Driver->DeviceObject);
	return status; /* ok: win-device-leak */
}

NTSTATUS RetriesLink(PUNICODE_STRING Link, PUNICODE_STRING Name)
{
	NTSTATUS status = IoCreateSymbolicLink(Link, Name);

	if (status == STATUS_OBJECT_NAME_COLLISION) {
		IoDeleteSymbolicLink(Link);
		status = IoCreateSymbolicLink(Link, Name);
	}
	return status; /* ok: win-symlink-leak */
}

NTSTATUS StartsThread(PUNIT Unit)
{
	HANDLE handle;
	NTSTATUS status = PsCreateSystemThread(&handle, THREAD_ALL_ACCESS, NULL, NULL, NULL, UnitThread, Unit);

	if (!NT_SUCCESS(status))
		return status;
	status = ObReferenceObjectByHandle(handle, THREAD_ALL_ACCESS, NULL, KernelMode, (PVOID *)&Unit->Thread, NULL);
	ZwClose(handle);
	return status; /* ok: win-thread-handle-leak */
}

/* ---- wrong ------------------------------------------------------------------ */

NTSTATUS BadRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PUNIT unit = Device->DeviceExtension;
	NTSTATUS status;

	IoSkipCurrentIrpStackLocation(Irp);
	status = IoCallDriver(unit->Lower, Irp); /* note: win-irp-use-after "passed to another driver" */
	unit->Count += (ULONG)Irp->IoStatus.Information; /* expect: win-irp-use-after "Irp" */
	return status;
}

/* Cancelled before it was marked, and yet pending. */
NTSTATUS BadWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PUNIT unit = Device->DeviceExtension;
	KIRQL irql;

	KeAcquireSpinLock(&unit->Lock, &irql);
	if (Irp->Cancel) {
		KeReleaseSpinLock(&unit->Lock, irql);
		Irp->IoStatus.Status = STATUS_CANCELLED;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
		return STATUS_PENDING; /* expect: win-irp-pending */ /* ok: win-irp-status-mismatch */
	}
	IoMarkIrpPending(Irp);
	InsertTailList(&unit->Queue, &Irp->Tail.Overlay.ListEntry);
	KeReleaseSpinLock(&unit->Lock, irql);
	return STATUS_PENDING;
}

NTSTATUS BadControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PUNIT unit = Device->DeviceExtension;

	Complete(Irp, STATUS_INVALID_PARAMETER, 0);
	unit->Count += (ULONG)Irp->IoStatus.Information; /* expect: win-irp-use-after */
	return STATUS_SUCCESS; /* todo-expect: win-irp-status-mismatch */
}

NTSTATUS BadQuery(PDEVICE_OBJECT Device, PIRP Irp)
{
	PUNIT unit = Device->DeviceExtension;

	IoMarkIrpPending(Irp); /* note: win-irp-pending "marked pending" */
	IoCopyCurrentIrpStackLocationToNext(Irp);
	IoSetCompletionRoutine(Irp, PassOn, unit, TRUE, TRUE, TRUE);
	return IoCallDriver(unit->Lower, Irp); /* expect: win-irp-pending */
}

/* Once it is started another processor may have completed it. */
NTSTATUS BadStart(PDEVICE_OBJECT Device, PIRP Irp)
{
	IoStartPacket(Device, Irp, NULL, NULL);
	IoMarkIrpPending(Irp); /* expect: win-irp-use-after */
	return STATUS_PENDING;
}

NTSTATUS BadComplete(PDEVICE_OBJECT Device, PIRP Irp, PVOID Context)
{
	UNREFERENCED_PARAMETER(Device);
	UNREFERENCED_PARAMETER(Context);
	IoFreeIrp(Irp);
	return Irp->IoStatus.Status; /* expect: win-irp-use-after "Irp" */
}

NTSTATUS BadAdd(PDRIVER_OBJECT Driver, PDEVICE_OBJECT Pdo)
{
	PDEVICE_OBJECT device;
	NTSTATUS status;

	status = IoCreateDevice(Driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device);
	if (!NT_SUCCESS(status))
		return status;
	if (IoAttachDeviceToDeviceStack(device, Pdo) == NULL)
		return STATUS_NO_SUCH_DEVICE; /* expect: win-device-leak "device" */
	device->Flags |= DO_BUFFERED_IO;
	return STATUS_SUCCESS; /* expect: win-devinit-flag "device" */
}

NTSTATUS LeaksThreadHandle(PUNIT Unit, PVOID *Thread)
{
	HANDLE handle;
	NTSTATUS status = PsCreateSystemThread(&handle, 0, NULL, NULL, NULL, UnitThread, Unit);

	if (!NT_SUCCESS(status))
		return status;
	status = ObReferenceObjectByHandle(handle, 0, NULL, KernelMode, Thread, NULL);
	if (NT_SUCCESS(status))
		ZwClose(handle);
	return status; /* expect: win-thread-handle-leak "handle" */
}

VOID DropsWorkItem(PDEVICE_OBJECT Device, BOOLEAN Later)
{
	PIO_WORKITEM item = IoAllocateWorkItem(Device);

	if (item == NULL)
		return;
	if (Later)
		IoQueueWorkItemEx(item, UnitWork, DelayedWorkQueue, NULL);
} /* expect: win-workitem-leak "item" */

NTSTATUS LinksInLoop(PUNICODE_STRING Links, PUNICODE_STRING Name)
{
	NTSTATUS status = IoCreateSymbolicLink(&Links[0], Name);

	if (!NT_SUCCESS(status))
		return status;
	status = IoCreateSymbolicLink(&Links[1], Name);
	if (!NT_SUCCESS(status))
		return status; /* expect: win-symlink-leak */
	return STATUS_SUCCESS;
}
