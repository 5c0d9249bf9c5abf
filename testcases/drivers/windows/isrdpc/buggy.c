// SPDX-License-Identifier: GPL-2.0
/*
 * A measurement card on a fixed port: one transfer at a time goes through a
 * common buffer; the interrupt tells when it is complete or what went wrong.
 */
#include <ntddk.h>

#define DAQ_TAG		 'qaDx'
#define DAQ_PORT	 0x300
#define DAQ_VECTOR	 0x95
#define DAQ_IRQL	 9
#define DAQ_COMMON_SIZE	 (64 * 1024)
#define DAQ_LOG		 64
#define DAQ_TABLE	 256
#define DAQ_SETTLE_USEC	 50
#define DAQ_FAULT_MSEC	 5000
#define DAQ_CALIBRATIONS 16

#define DAQ_REG_STATUS	0
#define DAQ_REG_CONTROL 4
#define DAQ_REG_ADDRESS 8
#define DAQ_REG_LENGTH	12
#define DAQ_REG_VALUE	16

#define DAQ_STATUS_OURS	 0x01
#define DAQ_STATUS_DONE	 0x02
#define DAQ_STATUS_FATAL 0x04
#define DAQ_STATUS_ERROR 0x0c

#define DAQ_CONTROL_STOP  0
#define DAQ_CONTROL_START 1

#define DAQ_CODE(function)  CTL_CODE(FILE_DEVICE_UNKNOWN, 0x900 + (function), METHOD_BUFFERED, FILE_ANY_ACCESS)
#define DAQ_IOC_GET_LOG	    DAQ_CODE(0) /* out: ULONG[] */
#define DAQ_IOC_DROP_LOG    DAQ_CODE(1) /* in: ULONG how many */
#define DAQ_IOC_SET_SCALE   DAQ_CODE(2) /* in: ULONG full, ULONG steps */
#define DAQ_IOC_GET_MEAN    DAQ_CODE(3) /* out: ULONG */
#define DAQ_IOC_SET_LIMIT   DAQ_CODE(4) /* in: ULONG */
#define DAQ_IOC_SET_TABLE   DAQ_CODE(5) /* in: ULONG[DAQ_TABLE] */
#define DAQ_IOC_RESET	    DAQ_CODE(6)
#define DAQ_IOC_CALIBRATE   DAQ_CODE(7) /* out: ULONG */
#define DAQ_IOC_WAIT_FAULT  DAQ_CODE(8)

typedef struct _DAQ_EXTENSION {
	PKINTERRUPT Interrupt;
	KDPC ErrorDpc;
	KEVENT Fault;
	PVOID Common;
	PHYSICAL_ADDRESS CommonPhysical;
	ULONG Length; /* of the transfer that is running */

	/* only the interrupt service routine and those synchronised with it */
	ULONG Status;

	KSPIN_LOCK LogLock; /* taken before StatLock */
	ULONG LogCount;
	ULONG Log[DAQ_LOG];

	KSPIN_LOCK StatLock;
	KIRQL StatIrql; /* of who holds StatLock */
	BOOLEAN Busy;
	ULONG Transfers;
	ULONG64 Bytes;
	ULONG Limit;
	double Scale;
	ULONG Table[DAQ_TABLE];
} DAQ_EXTENSION, *PDAQ_EXTENSION;

static UNICODE_STRING DaqDeviceName = RTL_CONSTANT_STRING(L"\\Device\\Daq0");
static UNICODE_STRING DaqLinkName = RTL_CONSTANT_STRING(L"\\??\\Daq0");

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath);
VOID DaqUnload(PDRIVER_OBJECT DriverObject);
NTSTATUS DaqOpenClose(PDEVICE_OBJECT DeviceObject, PIRP Irp);
NTSTATUS DaqRead(PDEVICE_OBJECT DeviceObject, PIRP Irp);
NTSTATUS DaqIoctl(PDEVICE_OBJECT DeviceObject, PIRP Irp);
VOID DaqStartIo(PDEVICE_OBJECT DeviceObject, PIRP Irp);
BOOLEAN DaqIsr(PKINTERRUPT Interrupt, PVOID Context);
VOID DaqDpc(PKDPC Dpc, PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context);
VOID DaqErrorDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2);
BOOLEAN DaqProgram(PVOID Context);
BOOLEAN DaqFetchStatus(PVOID Context);

static ULONG DaqGet(ULONG reg)
{
	return READ_PORT_ULONG((PULONG)(ULONG_PTR)(DAQ_PORT + reg));
}

static VOID DaqPut(ULONG reg, ULONG value)
{
	WRITE_PORT_ULONG((PULONG)(ULONG_PTR)(DAQ_PORT + reg), value);
}

/* Let the card settle. */
static VOID DaqSettle(VOID)
{
	KeStallExecutionProcessor(DAQ_SETTLE_USEC);
}

BOOLEAN DaqIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	PDEVICE_OBJECT device = Context;
	PDAQ_EXTENSION ext = device->DeviceExtension;
	ULONG status = DaqGet(DAQ_REG_STATUS);

	UNREFERENCED_PARAMETER(Interrupt);

	if (!(status & DAQ_STATUS_OURS))
		return FALSE;
	DaqPut(DAQ_REG_STATUS, status);
	ext->Status |= status;

	if (status & DAQ_STATUS_ERROR)
		KeInsertQueueDpc(&ext->ErrorDpc, ULongToPtr(status), NULL);
	if (status & DAQ_STATUS_FATAL)
		KeSetEvent(&ext->Fault, IO_NO_INCREMENT, FALSE); /* expect: win-isr-forbidden-call "KeSetEvent" */
	if (status & DAQ_STATUS_DONE)
		IoRequestDpc(device, device->CurrentIrp, NULL);
	return TRUE;
}

/* Runs with the interrupt masked. */
BOOLEAN DaqFetchStatus(PVOID Context)
{
	PDAQ_EXTENSION ext = Context;
	BOOLEAN good = !(ext->Status & DAQ_STATUS_ERROR);

	ext->Status = 0;
	return good;
}

/* Runs with the interrupt masked. */
BOOLEAN DaqProgram(PVOID Context)
{
	PDAQ_EXTENSION ext = Context;

	DaqPut(DAQ_REG_CONTROL, DAQ_CONTROL_STOP);
	DaqPut(DAQ_REG_ADDRESS, ext->CommonPhysical.LowPart);
	DaqPut(DAQ_REG_LENGTH, ext->Length);
	DaqPut(DAQ_REG_CONTROL, DAQ_CONTROL_START);
	return TRUE;
}

/* The transfer is complete: hand the data over and start the next one. */
VOID DaqDpc(PKDPC Dpc, PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context)
{
	PDAQ_EXTENSION ext = DeviceObject->DeviceExtension;
	NTSTATUS status = STATUS_SUCCESS;
	ULONG length = ext->Length;
	PVOID target;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Context);

	if (Irp == NULL)
		return;

	if (!KeSynchronizeExecution(ext->Interrupt, DaqFetchStatus, ext)) {
		status = STATUS_IO_DEVICE_ERROR;
		length = 0;
	} else {
		target = MmGetSystemAddressForMdl(Irp->MdlAddress); /* expect: win-mdl-sysaddr-unsafe "MmGetSystemAddressForMdl" */
		RtlCopyMemory(target, ext->Common, length);
	}

	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = length;
	IoStartNextPacket(DeviceObject, FALSE);
	IoCompleteRequest(Irp, IO_DISK_INCREMENT); /* note: win-irp-use-after "Irp" */

	KeAcquireSpinLockAtDpcLevel(&ext->StatLock);
	ext->Busy = FALSE;
	ext->Transfers++;
	ext->Bytes += Irp->IoStatus.Information; /* expect: win-irp-use-after "Irp" */
	KeReleaseSpinLockFromDpcLevel(&ext->StatLock);
}

/* Keep what went wrong; the oldest entry makes room. */
VOID DaqErrorDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PDAQ_EXTENSION ext = Context;
	ULONG status = PtrToUlong(Argument1);

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument2);

	KeAcquireSpinLockAtDpcLevel(&ext->LogLock); /* note: win-spinlock-held-on-exit "ext->LogLock" */
	if (ext->LogCount && ext->Log[ext->LogCount - 1] == status)
		return; /* expect: win-spinlock-held-on-exit "ext->LogLock" */
	if (ext->LogCount == DAQ_LOG) {
		ext->LogCount--;
		RtlCopyMemory(ext->Log, ext->Log + 1, ext->LogCount * sizeof(ULONG)); /* expect: win-rtlcopy-overlap "RtlCopyMemory" */
	}
	ext->Log[ext->LogCount++] = status;
	KeReleaseSpinLockFromDpcLevel(&ext->LogLock);
}

VOID DaqStartIo(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PDAQ_EXTENSION ext = DeviceObject->DeviceExtension;
	BOOLEAN refused;

	KeAcquireSpinLockAtDpcLevel(&ext->StatLock);
	refused = ext->Limit && ext->Transfers >= ext->Limit;
	ext->Busy = !refused;
	KeReleaseSpinLockFromDpcLevel(&ext->StatLock);

	if (refused) {
		Irp->IoStatus.Status = STATUS_QUOTA_EXCEEDED;
		Irp->IoStatus.Information = 0;
		IoStartNextPacket(DeviceObject, FALSE);
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
		return;
	}

	ext->Length = stack->Parameters.Read.Length;
	KeSynchronizeExecution(ext->Interrupt, DaqProgram, ext);
}

NTSTATUS DaqRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	ULONG length = stack->Parameters.Read.Length;

	if (length == 0 || length > DAQ_COMMON_SIZE || !Irp->MdlAddress) {
		Irp->IoStatus.Status = STATUS_INVALID_PARAMETER;
		Irp->IoStatus.Information = 0;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
		return STATUS_INVALID_BUFFER_SIZE; /* expect: win-irp-status-mismatch "Irp" */
	}

	IoStartPacket(DeviceObject, Irp, NULL, NULL);
	return STATUS_PENDING; /* expect: win-irp-pending "Irp" */
}

static NTSTATUS DaqGetLog(PDAQ_EXTENSION ext, PULONG out, ULONG length, PULONG_PTR done)
{
	ULONG copied = 0;
	ULONG next = 0;
	ULONG entry;
	KIRQL irql;

	/* one entry at a time: the error DPC must not wait for long */
	for (;;) {
		KeAcquireSpinLock(&ext->LogLock, &irql); /* expect: win-spinlock-double "ext->LogLock" */ /* note: win-spinlock-double "ext->LogLock" */
		if (next >= ext->LogCount || copied >= length / sizeof(ULONG)) {
			KeReleaseSpinLock(&ext->LogLock, irql);
			break;
		}
		entry = ext->Log[next++];
		if (!(entry & DAQ_STATUS_FATAL))
			continue;
		KeReleaseSpinLock(&ext->LogLock, irql);
		out[copied++] = entry;
	}
	*done = copied * sizeof(ULONG);
	return STATUS_SUCCESS;
}

static NTSTATUS DaqDropLog(PDAQ_EXTENSION ext, ULONG count)
{
	NTSTATUS status = STATUS_SUCCESS;
	KIRQL irql;

	KeAcquireSpinLock(&ext->LogLock, &irql);
	if (count > ext->LogCount) {
		KeReleaseSpinLock(&ext->LogLock, irql); /* note: win-spinlock-not-held "ext->LogLock" */
		status = STATUS_INVALID_PARAMETER;
		goto unlock;
	}
	ext->LogCount -= count;
	RtlMoveMemory(ext->Log, ext->Log + count, ext->LogCount * sizeof(ULONG));
unlock:
	KeReleaseSpinLock(&ext->LogLock, irql); /* expect: win-spinlock-not-held "ext->LogLock" */
	return status;
}

static NTSTATUS DaqWaitFault(PDAQ_EXTENSION ext)
{
	LARGE_INTEGER timeout;
	NTSTATUS status;

	timeout.QuadPart = -10000LL * DAQ_FAULT_MSEC;
	status = KeWaitForSingleObject(&ext->Fault, Executive, KernelMode, FALSE, &timeout);
	return status == STATUS_TIMEOUT ? STATUS_IO_TIMEOUT : status;
}

static NTSTATUS DaqSetScale(PDAQ_EXTENSION ext, ULONG full, ULONG steps)
{
	KFLOATING_SAVE save;
	NTSTATUS status;
	KIRQL irql;
	double scale;

	status = KeSaveFloatingPointState(&save); /* note: win-fp-restore-missing "save" */
	if (!NT_SUCCESS(status))
		return status;

	if (steps == 0)
		return STATUS_INVALID_PARAMETER; /* expect: win-fp-restore-missing "save" */
	scale = (double)full / steps;

	KeAcquireSpinLock(&ext->StatLock, &irql);
	ext->Scale = scale;
	KeReleaseSpinLock(&ext->StatLock, irql);
	KeRestoreFloatingPointState(&save);
	return status;
}

static NTSTATUS DaqGetMean(PDAQ_EXTENSION ext, PULONG mean)
{
	KFLOATING_SAVE save;
	NTSTATUS status;
	ULONG transfers;
	ULONG64 bytes;

	KeAcquireSpinLock(&ext->StatLock, &ext->StatIrql);
	transfers = ext->Transfers;
	bytes = ext->Bytes;
	KeReleaseSpinLock(&ext->StatLock, ext->StatIrql);

	if (!transfers)
		return STATUS_NO_DATA_DETECTED;
	status = KeSaveFloatingPointState(&save);
	if (!NT_SUCCESS(status))
		goto out;
	*mean = (ULONG)(ext->Scale * (double)bytes / transfers);
out:
	KeRestoreFloatingPointState(&save); /* expect: win-fp-restore-unsaved "save" */
	return status;
}

static NTSTATUS DaqSetLimit(PDAQ_EXTENSION ext, ULONG limit)
{
	KFLOATING_SAVE save;
	NTSTATUS status;
	KIRQL irql;

	status = KeSaveFloatingPointState(&save);
	if (NT_SUCCESS(status)) {
		KeAcquireSpinLock(&ext->StatLock, &irql);
		ext->Limit = (ULONG)(limit * ext->Scale);
		KeRestoreFloatingPointState(&save); /* expect: win-fp-irql "save" */
		KeReleaseSpinLock(&ext->StatLock, irql);
	}
	return status;
}

static NTSTATUS DaqSetTable(PDAQ_EXTENSION ext, PULONG table, ULONG length)
{
	NTSTATUS status = STATUS_SUCCESS;
	PULONG sorted;
	KIRQL irql;
	ULONG i;

	if (length < sizeof(ext->Table))
		return STATUS_BUFFER_TOO_SMALL;

	/* the client may give the table in descending order */
	sorted = ExAllocatePool2(POOL_FLAG_PAGED, sizeof(ext->Table), DAQ_TAG);
	if (sorted == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	for (i = 0; i < DAQ_TABLE; i++)
		sorted[table[0] <= table[DAQ_TABLE - 1] ? i : DAQ_TABLE - 1 - i] = table[i];
	for (i = 1; i < DAQ_TABLE; i++) {
		if (sorted[i] < sorted[i - 1]) {
			ExFreePoolWithTag(sorted, DAQ_TAG);
			return STATUS_INVALID_PARAMETER;
		}
	}
	RtlCopyMemory(table, sorted, sizeof(ext->Table));

	KeAcquireSpinLock(&ext->StatLock, &irql); /* note: win-pool-irql "ext->StatLock" */
	if (ext->Busy)
		status = STATUS_DEVICE_BUSY;
	else
		RtlCopyMemory(ext->Table, table, sizeof(ext->Table));
	ExFreePoolWithTag(sorted, DAQ_TAG); /* expect: win-pool-irql "ExFreePoolWithTag" */
	KeReleaseSpinLock(&ext->StatLock, irql);
	return status;
}

static NTSTATUS DaqReset(PDAQ_EXTENSION ext)
{
	KIRQL irql;

	KeAcquireSpinLock(&ext->LogLock, &irql); /* note: win-spinlock-oldirql "ext->LogLock" */
	KeAcquireSpinLock(&ext->StatLock, &irql); /* expect: win-spinlock-oldirql "irql" */
	ext->LogCount = 0;
	ext->Transfers = 0;
	ext->Bytes = 0;
	KeReleaseSpinLock(&ext->StatLock, irql);
	KeReleaseSpinLock(&ext->LogLock, irql);
	return STATUS_SUCCESS;
}

/* The readings of one round must not be far apart. */
static NTSTATUS DaqCalibrate(PDAQ_EXTENSION ext, PULONG value)
{
	LARGE_INTEGER interval = { .QuadPart = -10LL * DAQ_SETTLE_USEC };
	ULONG64 sum = 0;
	PULONG readings;
	KIRQL irql;
	ULONG i;

	readings = ExAllocatePool2(POOL_FLAG_NON_PAGED, DAQ_CALIBRATIONS * sizeof(ULONG), DAQ_TAG); /* note: win-null-unchecked "readings" */

	DaqSettle();
	KeRaiseIrql(DISPATCH_LEVEL, &irql); /* note: win-wait-at-dispatch "IRQL is raised" */
	if (ext->Busy) {
		KeLowerIrql(irql);
		ExFreePoolWithTag(readings, DAQ_TAG);
		return STATUS_DEVICE_BUSY;
	}
	for (i = 0; i < DAQ_CALIBRATIONS; i++) {
		readings[i] = DaqGet(DAQ_REG_VALUE); /* expect: win-null-unchecked "readings" */
		KeDelayExecutionThread(KernelMode, FALSE, &interval); /* expect: win-wait-at-dispatch "KeDelayExecutionThread" */
	}
	KeLowerIrql(irql);

	for (i = 0; i < DAQ_CALIBRATIONS; i++)
		sum += readings[i];
	*value = (ULONG)(sum / DAQ_CALIBRATIONS);
	ExFreePoolWithTag(readings, DAQ_TAG);
	return STATUS_SUCCESS;
}

NTSTATUS DaqIoctl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
	ULONG in = stack->Parameters.DeviceIoControl.InputBufferLength;
	ULONG out = stack->Parameters.DeviceIoControl.OutputBufferLength;
	PDAQ_EXTENSION ext = DeviceObject->DeviceExtension;
	PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
	NTSTATUS status = STATUS_BUFFER_TOO_SMALL;
	ULONG_PTR done = 0;

	if (code == DAQ_IOC_GET_LOG) {
		status = DaqGetLog(ext, buffer, out, &done);
	} else if (code == DAQ_IOC_DROP_LOG && in >= sizeof(ULONG)) {
		status = DaqDropLog(ext, buffer[0]);
	} else if (code == DAQ_IOC_SET_SCALE && in >= 2 * sizeof(ULONG)) {
		status = DaqSetScale(ext, buffer[0], buffer[1]);
	} else if (code == DAQ_IOC_SET_LIMIT && in >= sizeof(ULONG)) {
		status = DaqSetLimit(ext, buffer[0]);
	} else if (code == DAQ_IOC_SET_TABLE) {
		status = DaqSetTable(ext, buffer, in);
	} else if (code == DAQ_IOC_WAIT_FAULT) {
		status = DaqWaitFault(ext);
	} else if (code == DAQ_IOC_RESET) {
		status = DaqReset(ext);
	} else if ((code == DAQ_IOC_GET_MEAN || code == DAQ_IOC_CALIBRATE) && out >= sizeof(ULONG)) {
		status = code == DAQ_IOC_GET_MEAN ? DaqGetMean(ext, buffer) : DaqCalibrate(ext, buffer);
		if (NT_SUCCESS(status))
			done = sizeof(ULONG);
	}

	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = done;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

NTSTATUS DaqOpenClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	UNREFERENCED_PARAMETER(DeviceObject);

	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}

/* The card reaches only the first 16 MB, in one piece of 64 KB. */
static NTSTATUS DaqCreateCommon(PDAQ_EXTENSION ext)
{
	PHYSICAL_ADDRESS highest, physical;
	PVOID common;

	highest.QuadPart = 0xffffff;
	common = MmAllocateContiguousMemory(DAQ_COMMON_SIZE, highest); /* note: win-contig-leak "common" */ /* note: win-pool-free-mismatch "common" */
	if (common == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	RtlZeroMemory(common, DAQ_COMMON_SIZE);

	physical = MmGetPhysicalAddress(common);
	if (physical.HighPart) {
		ExFreePoolWithTag(common, DAQ_TAG); /* expect: win-pool-free-mismatch "common" */
		return STATUS_NOT_SUPPORTED;
	}
	if (physical.LowPart & (DAQ_COMMON_SIZE - 1))
		return STATUS_DATATYPE_MISALIGNMENT_ERROR; /* expect: win-contig-leak "common" */
	ext->CommonPhysical = physical;
	ext->Common = common;
	return STATUS_SUCCESS;
}

VOID DaqUnload(PDRIVER_OBJECT DriverObject)
{
	PDEVICE_OBJECT device = DriverObject->DeviceObject;
	PDAQ_EXTENSION ext = device->DeviceExtension;

	IoDisconnectInterrupt(ext->Interrupt);
	KeFlushQueuedDpcs();
	MmFreeContiguousMemory(ext->Common);
	IoDeleteDevice(device);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	PDEVICE_OBJECT device;
	PDAQ_EXTENSION ext;
	NTSTATUS status;

	UNREFERENCED_PARAMETER(RegistryPath);

	status = IoCreateDevice(DriverObject, sizeof(DAQ_EXTENSION), &DaqDeviceName, FILE_DEVICE_UNKNOWN, /* note: win-device-leak "device" */
				FILE_DEVICE_SECURE_OPEN, FALSE, &device);
	if (!NT_SUCCESS(status))
		return status;
	device->Flags |= DO_DIRECT_IO;

	ext = device->DeviceExtension;
	KeInitializeSpinLock(&ext->LogLock);
	KeInitializeSpinLock(&ext->StatLock);
	KeInitializeDpc(&ext->ErrorDpc, DaqErrorDpc, ext);
	KeInitializeEvent(&ext->Fault, SynchronizationEvent, FALSE);
	IoInitializeDpcRequest(device, DaqDpc);

	status = DaqCreateCommon(ext);
	if (!NT_SUCCESS(status))
		return status; /* expect: win-device-leak "device" */

	status = IoConnectInterrupt(&ext->Interrupt, DaqIsr, device, NULL, DAQ_VECTOR, DAQ_IRQL, DAQ_IRQL,
				    LevelSensitive, TRUE, 1, FALSE);
	if (!NT_SUCCESS(status))
		goto free_common;

	DriverObject->MajorFunction[IRP_MJ_CREATE] = DaqOpenClose;
	DriverObject->MajorFunction[IRP_MJ_CLOSE] = DaqOpenClose;
	DriverObject->MajorFunction[IRP_MJ_READ] = DaqRead;
	DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = DaqIoctl;
	DriverObject->DriverStartIo = DaqStartIo;
	DriverObject->DriverUnload = DaqUnload;

	status = IoCreateSymbolicLink(&DaqLinkName, &DaqDeviceName); /* expect: win-symlink-leak "symbolic link" */
	if (!NT_SUCCESS(status))
		goto disconnect;
	return STATUS_SUCCESS;

disconnect:
	IoDisconnectInterrupt(ext->Interrupt);
	KeFlushQueuedDpcs();
free_common:
	MmFreeContiguousMemory(ext->Common);
	IoDeleteDevice(device);
	return status;
}
