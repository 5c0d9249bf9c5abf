// SPDX-License-Identifier: GPL-2.0
/*
 * A table of named cells: clients use raw user addresses (METHOD_NEITHER), name
 * events that are set when a cell changes, and save the table to a file.
 */
#include <ntifs.h>

#define CELL_TAG	'lleC'
#define CELL_COUNT	128
#define CELL_NAME_CHARS 24
#define CELL_WATCHES	16

#define CELL_CODE(function) CTL_CODE(FILE_DEVICE_UNKNOWN, 0xc00 + (function), METHOD_NEITHER, FILE_ANY_ACCESS)
#define CELL_IOC_SET	    CELL_CODE(0) /* in: CELL_VALUE */
#define CELL_IOC_GET	    CELL_CODE(1) /* in: ULONG index, out: CELL_VALUE */
#define CELL_IOC_DUMP	    CELL_CODE(2) /* out: ULONG[CELL_COUNT] */
#define CELL_IOC_ADD	    CELL_CODE(3) /* in: CELL_VALUE[], added up */
#define CELL_IOC_WATCH	    CELL_CODE(4) /* in: CELL_WATCH */
#define CELL_IOC_RENAME	    CELL_CODE(5) /* in: CELL_RENAME */
#define CELL_IOC_SAVE	    CELL_CODE(6) /* no buffers */
#define CELL_IOC_OWNER	    CELL_CODE(7) /* in: ULONG process id, out: LARGE_INTEGER start */
#define CELL_IOC_ROTATE	    CELL_CODE(8) /* out: ULONG[], rotated where it is */
#define CELL_IOC_SWAP	    CELL_CODE(9) /* in: ULONG[2] */
#define CELL_IOC_FREEZE	    CELL_CODE(10) /* no buffers */

typedef struct _CELL_VALUE {
	ULONG Index;
	ULONG Value;
} CELL_VALUE, *PCELL_VALUE;

typedef struct _CELL_WATCH {
	ULONG Index;
	HANDLE Event;
} CELL_WATCH, *PCELL_WATCH;

typedef struct _CELL_RENAME {
	ULONG Index;
	WCHAR Name[CELL_NAME_CHARS];
} CELL_RENAME, *PCELL_RENAME;

typedef struct _CELL_SLOT {
	ULONG Index;
	PKEVENT Event;
} CELL_SLOT, *PCELL_SLOT;

typedef struct _CELL_EXTENSION {
	FAST_MUTEX Mutex; /* up to SlotCount */
	BOOLEAN Frozen;
	ULONG Values[CELL_COUNT];
	CELL_SLOT Slots[CELL_WATCHES];
	ULONG SlotCount;

	ERESOURCE NamesLock;
	WCHAR Names[CELL_COUNT][CELL_NAME_CHARS];

	KMUTEX FileMutex; /* one writer of the file */
	ULONG Saves;
} CELL_EXTENSION, *PCELL_EXTENSION;

static UNICODE_STRING CellDeviceName = RTL_CONSTANT_STRING(L"\\Device\\Cells");
static UNICODE_STRING CellLinkName = RTL_CONSTANT_STRING(L"\\DosDevices\\Cells");
static UNICODE_STRING CellFileName = RTL_CONSTANT_STRING(L"\\SystemRoot\\cells.bin");
static UNICODE_STRING CellKeyName = RTL_CONSTANT_STRING(L"\\Registry\\Machine\\Software\\Cells");
static UNICODE_STRING CellSeedName = RTL_CONSTANT_STRING(L"Seed");

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD CellUnload;
DRIVER_DISPATCH CellOpenClose;
DRIVER_DISPATCH CellControl;

static NTSTATUS CellComplete(PIRP Irp, NTSTATUS status, ULONG_PTR information)
{
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = information;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

/* Tell those who watch a cell; the caller holds the mutex. */
static VOID CellNotify(PCELL_EXTENSION ext, ULONG index)
{
	ULONG i;

	for (i = 0; i < ext->SlotCount; i++) {
		if (ext->Slots[i].Index == index)
			KeSetEvent(ext->Slots[i].Event, IO_NO_INCREMENT, FALSE);
	}
}

static NTSTATUS CellSet(PCELL_EXTENSION ext, PIO_STACK_LOCATION stack)
{
	PVOID user = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	CELL_VALUE value;

	if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(value))
		return STATUS_BUFFER_TOO_SMALL;

	__try {
		ProbeForRead(user, sizeof(value), sizeof(ULONG));
		RtlCopyMemory(&value, user, sizeof(value));
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	if (value.Index >= CELL_COUNT)
		return STATUS_INVALID_PARAMETER;

	ExAcquireFastMutex(&ext->Mutex);
	if (ext->Frozen) {
		ExReleaseFastMutex(&ext->Mutex);
		return STATUS_MEDIA_WRITE_PROTECTED;
	}
	if (ext->Values[value.Index] == value.Value) {
		ExReleaseFastMutex(&ext->Mutex);
		return STATUS_SUCCESS;
	}
	ext->Values[value.Index] = value.Value;
	CellNotify(ext, value.Index);
	ExReleaseFastMutex(&ext->Mutex);
	return STATUS_SUCCESS;
}

static NTSTATUS CellGet(PCELL_EXTENSION ext, PIRP Irp, PIO_STACK_LOCATION stack, PULONG_PTR done)
{
	PVOID in = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	PVOID out = Irp->UserBuffer;
	CELL_VALUE value;

	if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(value.Index) ||
	    stack->Parameters.DeviceIoControl.OutputBufferLength < sizeof(value))
		return STATUS_BUFFER_TOO_SMALL;

	__try {
		ProbeForRead(in, sizeof(value.Index), sizeof(ULONG));
		RtlCopyMemory(&value.Index, in, sizeof(value.Index));
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	if (value.Index >= CELL_COUNT)
		return STATUS_INVALID_PARAMETER;

	ExAcquireFastMutex(&ext->Mutex);
	value.Value = ext->Values[value.Index];
	ExReleaseFastMutex(&ext->Mutex);

	__try {
		ProbeForWrite(out, sizeof(value), sizeof(ULONG));
		RtlCopyMemory(out, &value, sizeof(value));
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	*done = sizeof(value);
	return STATUS_SUCCESS;
}

/* The table goes to the client through a copy, so that no fault comes with the mutex held. */
static NTSTATUS CellDump(PCELL_EXTENSION ext, PIRP Irp, ULONG length, PULONG_PTR done)
{
	PVOID out = Irp->UserBuffer;
	NTSTATUS status = STATUS_SUCCESS;
	PULONG copy;

	if (length < sizeof(ext->Values))
		return STATUS_BUFFER_TOO_SMALL;
	copy = ExAllocatePool2(POOL_FLAG_PAGED, sizeof(ext->Values), CELL_TAG);
	if (!copy)
		return STATUS_INSUFFICIENT_RESOURCES;

	ExAcquireFastMutex(&ext->Mutex);
	RtlCopyMemory(copy, ext->Values, sizeof(ext->Values));
	ExReleaseFastMutex(&ext->Mutex);

	__try {
		ProbeForWrite(out, sizeof(ext->Values), sizeof(ULONG));
		RtlCopyMemory(out, copy, sizeof(ext->Values));
		*done = sizeof(ext->Values);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	ExFreePoolWithTag(copy, CELL_TAG);
	return status;
}

/* Take a whole array from the client first, then check and add it. */
static NTSTATUS CellAdd(PCELL_EXTENSION ext, PIO_STACK_LOCATION stack)
{
	ULONG length = stack->Parameters.DeviceIoControl.InputBufferLength;
	PVOID user = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	ULONG count = length / sizeof(CELL_VALUE);
	NTSTATUS status = STATUS_SUCCESS;
	PCELL_VALUE values;
	ULONG i;

	if (count == 0 || count > CELL_COUNT)
		return STATUS_INVALID_BUFFER_SIZE;
	values = ExAllocatePool2(POOL_FLAG_PAGED, CELL_COUNT * sizeof(*values), CELL_TAG);
	if (!values)
		return STATUS_INSUFFICIENT_RESOURCES;

	__try {
		ProbeForRead(user, length, sizeof(ULONG));
		RtlCopyMemory(values, user, count * sizeof(*values));
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
		goto free_values;
	}

	ExAcquireFastMutex(&ext->Mutex);
	if (ext->Frozen) {
		status = STATUS_MEDIA_WRITE_PROTECTED;
		goto release;
	}
	for (i = 0; i < count; i++) {
		if (values[i].Index >= CELL_COUNT) {
			status = STATUS_INVALID_PARAMETER;
			goto release;
		}
	}
	for (i = 0; i < count; i++) {
		ext->Values[values[i].Index] += values[i].Value;
		CellNotify(ext, values[i].Index);
	}
release:
	ExReleaseFastMutex(&ext->Mutex);
free_values:
	ExFreePoolWithTag(values, CELL_TAG);
	return status;
}

/* A client's event is kept until the driver goes. */
static NTSTATUS CellWatch(PCELL_EXTENSION ext, PIO_STACK_LOCATION stack)
{
	PVOID user = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	NTSTATUS status;
	CELL_WATCH watch;
	PKEVENT event;

	if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(watch))
		return STATUS_BUFFER_TOO_SMALL;
	__try {
		ProbeForRead(user, sizeof(watch), sizeof(ULONG));
		RtlCopyMemory(&watch, user, sizeof(watch));
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}

	status = ObReferenceObjectByHandle(watch.Event, EVENT_MODIFY_STATE, *ExEventObjectType, UserMode, (PVOID *)&event,
					   NULL);
	if (!NT_SUCCESS(status))
		return status;
	if (watch.Index >= CELL_COUNT) {
		ObDereferenceObject(event);
		return STATUS_INVALID_PARAMETER;
	}

	ExAcquireFastMutex(&ext->Mutex);
	if (ext->SlotCount == CELL_WATCHES) {
		ExReleaseFastMutex(&ext->Mutex);
		ObDereferenceObject(event);
		return STATUS_QUOTA_EXCEEDED;
	}
	ext->Slots[ext->SlotCount].Index = watch.Index;
	ext->Slots[ext->SlotCount].Event = event;
	ext->SlotCount++;
	ExReleaseFastMutex(&ext->Mutex);
	return STATUS_SUCCESS;
}

static NTSTATUS CellRename(PCELL_EXTENSION ext, PIO_STACK_LOCATION stack)
{
	PVOID user = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	NTSTATUS status = STATUS_SUCCESS;
	CELL_RENAME rename;
	ULONG i;

	if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(rename))
		return STATUS_BUFFER_TOO_SMALL;
	__try {
		ProbeForRead(user, sizeof(rename), sizeof(ULONG));
		RtlCopyMemory(&rename, user, sizeof(rename));
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	if (rename.Index >= CELL_COUNT)
		return STATUS_INVALID_PARAMETER;
	rename.Name[CELL_NAME_CHARS - 1] = L'\0';

	KeEnterCriticalRegion();
	ExAcquireResourceExclusiveLite(&ext->NamesLock, TRUE);
	for (i = 0; i < CELL_COUNT; i++) {
		if (i != rename.Index && !wcscmp(ext->Names[i], rename.Name)) {
			status = STATUS_OBJECT_NAME_COLLISION;
			goto release;
		}
	}
	RtlCopyMemory(ext->Names[rename.Index], rename.Name, sizeof(rename.Name));
release:
	ExReleaseResourceLite(&ext->NamesLock);
	KeLeaveCriticalRegion();
	return status;
}

static NTSTATUS CellWriteFile(HANDLE file, PVOID data, ULONG length)
{
	IO_STATUS_BLOCK iosb;

	return ZwWriteFile(file, NULL, NULL, NULL, &iosb, data, length, NULL, NULL);
}

static NTSTATUS CellSave(PCELL_EXTENSION ext)
{
	OBJECT_ATTRIBUTES attributes;
	IO_STATUS_BLOCK iosb;
	NTSTATUS status;
	HANDLE file;
	PULONG copy;

	status = KeWaitForSingleObject(&ext->FileMutex, Executive, KernelMode, FALSE, NULL);
	if (!NT_SUCCESS(status))
		return status;

	copy = ExAllocatePool2(POOL_FLAG_PAGED, sizeof(ext->Values), CELL_TAG);
	if (!copy) {
		KeReleaseMutex(&ext->FileMutex, FALSE);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	ExAcquireFastMutex(&ext->Mutex);
	RtlCopyMemory(copy, ext->Values, sizeof(ext->Values));
	ExReleaseFastMutex(&ext->Mutex);

	InitializeObjectAttributes(&attributes, &CellFileName, OBJ_KERNEL_HANDLE | OBJ_CASE_INSENSITIVE, NULL, NULL);
	status = ZwCreateFile(&file, GENERIC_WRITE, &attributes, &iosb, NULL, FILE_ATTRIBUTE_NORMAL, 0, FILE_OVERWRITE_IF,
			      FILE_SYNCHRONOUS_IO_NONALERT, NULL, 0);
	if (!NT_SUCCESS(status))
		goto free_copy;

	status = CellWriteFile(file, copy, sizeof(ext->Values));
	if (!NT_SUCCESS(status)) {
		ZwClose(file);
		goto free_copy;
	}
	ext->Saves++;
	ZwClose(file);
free_copy:
	ExFreePoolWithTag(copy, CELL_TAG);
	KeReleaseMutex(&ext->FileMutex, FALSE);
	return status;
}

/* When did a process start that a client asks about? */
static NTSTATUS CellOwner(PIRP Irp, PIO_STACK_LOCATION stack, PULONG_PTR done)
{
	PVOID in = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	PVOID out = Irp->UserBuffer;
	LARGE_INTEGER started;
	PEPROCESS process;
	NTSTATUS status;
	ULONG id;

	if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(id) ||
	    stack->Parameters.DeviceIoControl.OutputBufferLength < sizeof(started))
		return STATUS_BUFFER_TOO_SMALL;
	__try {
		ProbeForRead(in, sizeof(id), sizeof(ULONG));
		RtlCopyMemory(&id, in, sizeof(id));
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}

	status = PsLookupProcessByProcessId(ULongToHandle(id), &process);
	if (!NT_SUCCESS(status))
		return status;
	started.QuadPart = PsGetProcessCreateTimeQuadPart(process);
	ObDereferenceObject(process);

	__try {
		ProbeForWrite(out, sizeof(started), sizeof(ULONG));
		RtlCopyMemory(out, &started, sizeof(started));
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	*done = sizeof(started);
	return STATUS_SUCCESS;
}

/* The client's own array, rotated by one without a copy of it. */
static NTSTATUS CellRotate(PIRP Irp, ULONG length, PULONG_PTR done)
{
	ULONG count = length / sizeof(ULONG);
	ULONG first, i;
	PULONG values;
	PMDL mdl;

	if (count < 2 || count > CELL_COUNT)
		return STATUS_INVALID_BUFFER_SIZE;
	mdl = IoAllocateMdl(Irp->UserBuffer, length, FALSE, FALSE, NULL);
	if (!mdl)
		return STATUS_INSUFFICIENT_RESOURCES;

	__try {
		MmProbeAndLockPages(mdl, UserMode, IoModifyAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	values = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
	if (!values) {
		MmUnlockPages(mdl);
		IoFreeMdl(mdl);
		return STATUS_INSUFFICIENT_RESOURCES;
	}

	first = values[0];
	for (i = 1; i < count; i++)
		values[i - 1] = values[i];
	values[count - 1] = first;

	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	*done = count * sizeof(ULONG);
	return STATUS_SUCCESS;
}

static NTSTATUS CellSwap(PCELL_EXTENSION ext, PIO_STACK_LOCATION stack)
{
	PVOID user = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	ULONG pair[2];
	ULONG value;

	if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(pair))
		return STATUS_BUFFER_TOO_SMALL;
	__try {
		ProbeForRead(user, sizeof(pair), sizeof(ULONG));
		RtlCopyMemory(pair, user, sizeof(pair));
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	if (pair[0] >= CELL_COUNT || pair[1] >= CELL_COUNT)
		return STATUS_INVALID_PARAMETER;

	ExAcquireFastMutex(&ext->Mutex);
	__try {
		value = ext->Values[pair[0]];
		ext->Values[pair[0]] = ext->Values[pair[1]];
		ext->Values[pair[1]] = value;
		CellNotify(ext, pair[0]);
		CellNotify(ext, pair[1]);
	} __finally {
		ExReleaseFastMutex(&ext->Mutex);
	}
	return STATUS_SUCCESS;
}

static NTSTATUS CellFreeze(PCELL_EXTENSION ext)
{
	ExAcquireFastMutex(&ext->Mutex);
	if (ext->Frozen) {
		ExReleaseFastMutex(&ext->Mutex);
		return STATUS_ALREADY_COMMITTED;
	}
	ext->Frozen = TRUE;
	ExReleaseFastMutex(&ext->Mutex);
	return STATUS_SUCCESS;
}

NTSTATUS CellControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	ULONG length = stack->Parameters.DeviceIoControl.OutputBufferLength;
	PCELL_EXTENSION ext = DeviceObject->DeviceExtension;
	ULONG_PTR done = 0;
	NTSTATUS status;

	switch (stack->Parameters.DeviceIoControl.IoControlCode) {
	case CELL_IOC_SET:
		status = CellSet(ext, stack);
		break;
	case CELL_IOC_GET:
		status = CellGet(ext, Irp, stack, &done);
		break;
	case CELL_IOC_DUMP:
		status = CellDump(ext, Irp, length, &done);
		break;
	case CELL_IOC_ADD:
		status = CellAdd(ext, stack);
		break;
	case CELL_IOC_WATCH:
		status = CellWatch(ext, stack);
		break;
	case CELL_IOC_RENAME:
		status = CellRename(ext, stack);
		break;
	case CELL_IOC_SAVE:
		status = CellSave(ext);
		break;
	case CELL_IOC_OWNER:
		status = CellOwner(Irp, stack, &done);
		break;
	case CELL_IOC_ROTATE:
		status = CellRotate(Irp, length, &done);
		break;
	case CELL_IOC_SWAP:
		status = CellSwap(ext, stack);
		break;
	case CELL_IOC_FREEZE:
		status = CellFreeze(ext);
		break;
	default:
		return CellComplete(Irp, STATUS_INVALID_DEVICE_REQUEST, 0);
	}
	return CellComplete(Irp, status, done);
}

NTSTATUS CellOpenClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	UNREFERENCED_PARAMETER(DeviceObject);

	return CellComplete(Irp, STATUS_SUCCESS, 0);
}

/* The first cell starts with what the registry says, if it says anything. */
static NTSTATUS CellReadSeed(PULONG seed)
{
	UCHAR buffer[sizeof(KEY_VALUE_PARTIAL_INFORMATION) + sizeof(ULONG)];
	PKEY_VALUE_PARTIAL_INFORMATION value = (PKEY_VALUE_PARTIAL_INFORMATION)buffer;
	OBJECT_ATTRIBUTES attributes;
	NTSTATUS status;
	ULONG length;
	HANDLE key;

	InitializeObjectAttributes(&attributes, &CellKeyName, OBJ_KERNEL_HANDLE | OBJ_CASE_INSENSITIVE, NULL, NULL);
	status = ZwOpenKey(&key, KEY_READ, &attributes);
	if (!NT_SUCCESS(status))
		return status;

	status = ZwQueryValueKey(key, &CellSeedName, KeyValuePartialInformation, buffer, sizeof(buffer), &length);
	if (!NT_SUCCESS(status)) {
		ZwClose(key);
		return status;
	}
	if (value->Type != REG_DWORD || value->DataLength != sizeof(*seed)) {
		ZwClose(key);
		return STATUS_OBJECT_TYPE_MISMATCH;
	}
	RtlCopyMemory(seed, value->Data, sizeof(*seed));
	ZwClose(key);
	return STATUS_SUCCESS;
}

VOID CellUnload(PDRIVER_OBJECT DriverObject)
{
	PDEVICE_OBJECT device = DriverObject->DeviceObject;
	PCELL_EXTENSION ext = device->DeviceExtension;
	ULONG i;

	IoDeleteSymbolicLink(&CellLinkName);
	for (i = 0; i < ext->SlotCount; i++)
		ObDereferenceObject(ext->Slots[i].Event);
	ExDeleteResourceLite(&ext->NamesLock);
	IoDeleteDevice(device);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	PDEVICE_OBJECT device;
	PCELL_EXTENSION ext;
	NTSTATUS status;

	UNREFERENCED_PARAMETER(RegistryPath);

	status = IoCreateDevice(DriverObject, sizeof(*ext), &CellDeviceName, FILE_DEVICE_UNKNOWN, FILE_DEVICE_SECURE_OPEN,
				FALSE, &device);
	if (!NT_SUCCESS(status))
		return status;

	ext = device->DeviceExtension;
	ExInitializeFastMutex(&ext->Mutex);
	KeInitializeMutex(&ext->FileMutex, 0);
	status = ExInitializeResourceLite(&ext->NamesLock);
	if (!NT_SUCCESS(status)) {
		IoDeleteDevice(device);
		return status;
	}
	if (!NT_SUCCESS(CellReadSeed(&ext->Values[0])))
		ext->Values[0] = 1;

	status = IoCreateSymbolicLink(&CellLinkName, &CellDeviceName);
	if (!NT_SUCCESS(status)) {
		ExDeleteResourceLite(&ext->NamesLock);
		IoDeleteDevice(device);
		return status;
	}

	DriverObject->MajorFunction[IRP_MJ_CREATE] = CellOpenClose;
	DriverObject->MajorFunction[IRP_MJ_CLOSE] = CellOpenClose;
	DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = CellControl;
	DriverObject->DriverUnload = CellUnload;
	return STATUS_SUCCESS;
}
