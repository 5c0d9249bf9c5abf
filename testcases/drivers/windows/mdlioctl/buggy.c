// SPDX-License-Identifier: GPL-2.0
/*
 * A sampler: a page-aligned block of samples that clients fill, read and map.
 *
 * Every way of getting at a client's memory is used: raw user addresses with
 * MDLs of our own, the I/O manager's MDLs, and mappings into user space.
 */
#include <ntddk.h>

#include "mdlioctl.h"

#define SMP_TAG		'pmSx'
#define SMP_SHARED_SIZE (4 * PAGE_SIZE)
#define SMP_WINDOW	(16 * PAGE_SIZE)
#define SMP_MAX_USER	(1024 * 1024)

typedef struct _SMP_EXTENSION {
	PUCHAR Samples; /* nonpaged, SMP_SHARED_SIZE bytes */
	PMDL SamplesMdl;

	KSPIN_LOCK Lock; /* all that follows */
	ULONG Sequence;
	ULONG Key;
	ULONG History[SMP_HISTORY];
	PMDL HeldMdl;
	PFILE_OBJECT HeldBy;
	BOOLEAN Stranded; /* a view of Samples could not be removed */
} SMP_EXTENSION, *PSMP_EXTENSION;

typedef struct _SMP_FILE {
	FAST_MUTEX Mutex; /* all that follows */
	BOOLEAN Closing;
	PEPROCESS Owner;
	PMDL ExportMdl;
	PVOID ExportVa;
	PMDL SnapMdl;
	PVOID SnapVa;
	PVOID Snap;
} SMP_FILE, *PSMP_FILE;

static UNICODE_STRING SmpDeviceName = RTL_CONSTANT_STRING(L"\\Device\\Sampler");
static UNICODE_STRING SmpLinkName = RTL_CONSTANT_STRING(L"\\DosDevices\\Sampler");

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD SmpUnload;
_Dispatch_type_(IRP_MJ_CREATE) DRIVER_DISPATCH SmpCreate;
_Dispatch_type_(IRP_MJ_CLEANUP) DRIVER_DISPATCH SmpCleanup;
_Dispatch_type_(IRP_MJ_CLOSE) DRIVER_DISPATCH SmpClose;
_Dispatch_type_(IRP_MJ_DEVICE_CONTROL) DRIVER_DISPATCH SmpIoctl;

static NTSTATUS SmpComplete(PIRP Irp, NTSTATUS status, ULONG_PTR information)
{
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = information;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

static VOID SmpRemember(PSMP_EXTENSION ext, ULONG value)
{
	KIRQL irql;

	KeAcquireSpinLock(&ext->Lock, &irql);
	ext->History[ext->Sequence++ % SMP_HISTORY] = value;
	KeReleaseSpinLock(&ext->Lock, irql);
}

/* METHOD_NEITHER: give the client our samples. */
static NTSTATUS SmpFillUser(PSMP_EXTENSION ext, PIRP Irp, ULONG length, PULONG_PTR done)
{
	PMDL mdl;
	PVOID va;

	if (length == 0 || length > SMP_SHARED_SIZE)
		return STATUS_INVALID_BUFFER_SIZE;

	mdl = IoAllocateMdl(Irp->UserBuffer, length, FALSE, FALSE, NULL);
	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;

	__try {
		MmProbeAndLockPages(mdl, UserMode, IoWriteAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		MmUnlockPages(mdl); /* expect: win-mdl-unlock-not-locked "mdl" */
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}

	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
	if (va == NULL) {
		MmUnlockPages(mdl);
		IoFreeMdl(mdl);
		return STATUS_INSUFFICIENT_RESOURCES;
	}

	RtlCopyMemory(va, ext->Samples, length);
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	SmpRemember(ext, length);
	*done = length;
	return STATUS_SUCCESS;
}

/* METHOD_NEITHER: take new samples from the client. */
static NTSTATUS SmpLoadUser(PSMP_EXTENSION ext, PIRP Irp, PIO_STACK_LOCATION stack)
{
	PVOID user = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	ULONG length = stack->Parameters.DeviceIoControl.InputBufferLength;
	NTSTATUS status = STATUS_SUCCESS;
	BOOLEAN locked = FALSE;
	PMDL mdl;
	PVOID va;

	if (length == 0 || length > SMP_SHARED_SIZE)
		return STATUS_INVALID_BUFFER_SIZE;

	mdl = IoAllocateMdl(user, length, FALSE, FALSE, NULL);
	if (!mdl)
		return STATUS_INSUFFICIENT_RESOURCES;

	try {
		MmProbeAndLockPages(mdl, KernelMode, IoReadAccess); /* expect: win-mdl-lock-access "mdl" */
		locked = TRUE;
		va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
		if (!va) {
			status = STATUS_INSUFFICIENT_RESOURCES;
			leave;
		}
		RtlCopyMemory(ext->Samples, va, length);
	} except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}

	if (locked)
		MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	if (NT_SUCCESS(status))
		SmpRemember(ext, length);
	return status;
}

/* METHOD_NEITHER: change the client's bytes where they are. */
static NTSTATUS SmpScrambleUser(PSMP_EXTENSION ext, PIRP Irp, ULONG length, PULONG_PTR done)
{
	NTSTATUS status;
	KIRQL irql;
	PUCHAR va;
	ULONG key;
	ULONG i;
	PMDL mdl;

	if (length == 0 || length > SMP_MAX_USER)
		return STATUS_INVALID_BUFFER_SIZE;

	mdl = IoAllocateMdl(Irp->UserBuffer, length, FALSE, FALSE, NULL);
	if (!mdl)
		return STATUS_INSUFFICIENT_RESOURCES;

	KeAcquireSpinLock(&ext->Lock, &irql); /* note: win-mdl-lock-irql "ext->Lock" */
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoModifyAccess); /* expect: win-mdl-lock-irql "MmProbeAndLockPages" */ /* note: win-mdl-free-locked "mdl" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		KeReleaseSpinLock(&ext->Lock, irql);
		status = GetExceptionCode();
		goto free_mdl;
	}
	key = ext->Key++;
	KeReleaseSpinLock(&ext->Lock, irql);

	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
	if (!va) {
		status = STATUS_INSUFFICIENT_RESOURCES;
		goto free_mdl;
	}

	for (i = 0; i < length; i++)
		va[i] ^= (UCHAR)(key >> (i % 4 * 8));
	*done = length;
	MmUnlockPages(mdl);
	status = STATUS_SUCCESS;

free_mdl:
	IoFreeMdl(mdl); /* expect: win-mdl-free-locked "mdl" */
	return status;
}

/* METHOD_NEITHER: a small answer. */
static NTSTATUS SmpStampUser(PSMP_EXTENSION ext, PIRP Irp, ULONG length, PULONG_PTR done)
{
	NTSTATUS status = STATUS_SUCCESS;
	BOOLEAN locked = FALSE;
	PMDL mdl = NULL;
	SMP_STAMP *stamp;

	if (length < sizeof(*stamp))
		return STATUS_BUFFER_TOO_SMALL;

	__try {
		mdl = IoAllocateMdl(Irp->UserBuffer, sizeof(*stamp), FALSE, FALSE, NULL);
		if (!mdl) {
			status = STATUS_INSUFFICIENT_RESOURCES;
			__leave;
		}
		MmProbeAndLockPages(mdl, Irp->RequestorMode, IoWriteAccess); /* expect: win-mdl-lock-no-seh "MmProbeAndLockPages" */
		locked = TRUE;

		stamp = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority);
		if (!stamp) {
			status = STATUS_INSUFFICIENT_RESOURCES;
			__leave;
		}
		KeQuerySystemTime(&stamp->Time);
		stamp->Sequence = ext->Sequence;
		stamp->Reserved = 0;
		*done = sizeof(*stamp);
	} __finally {
		if (locked)
			MmUnlockPages(mdl);
		if (mdl)
			IoFreeMdl(mdl);
	}
	return status;
}

/* Lock the pages of the caller's MDL just for one copy. */
static NTSTATUS SmpCopyOut(PMDL mdl, KPROCESSOR_MODE mode, const VOID *data, ULONG length)
{
	PVOID va;

	__try {
		MmProbeAndLockPages(mdl, mode, IoWriteAccess); /* note: win-mdl-unlock-missing "mdl" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}

	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
	if (!va)
		return STATUS_INSUFFICIENT_RESOURCES; /* expect: win-mdl-unlock-missing "mdl" */
	RtlCopyMemory(va, data, length);
	MmUnlockPages(mdl);
	return STATUS_SUCCESS;
}

static NTSTATUS SmpHistory(PSMP_EXTENSION ext, PIRP Irp, ULONG length, PULONG_PTR done)
{
	ULONG history[SMP_HISTORY];
	NTSTATUS status;
	KIRQL irql;
	PMDL mdl;

	if (length < sizeof(history))
		return STATUS_BUFFER_TOO_SMALL;

	KeAcquireSpinLock(&ext->Lock, &irql);
	RtlCopyMemory(history, ext->History, sizeof(history));
	KeReleaseSpinLock(&ext->Lock, irql);

	mdl = IoAllocateMdl(Irp->UserBuffer, sizeof(history), FALSE, FALSE, NULL);
	if (!mdl)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = SmpCopyOut(mdl, Irp->RequestorMode, history, sizeof(history));
	if (NT_SUCCESS(status))
		*done = sizeof(history);
	IoFreeMdl(mdl);
	return status;
}

/* METHOD_NEITHER: replace each byte by the mean of itself and the one before. */
static NTSTATUS SmpSmoothUser(PIRP Irp, ULONG length, PULONG_PTR done)
{
	PUCHAR in, out;
	UCHAR last;
	ULONG i;
	PMDL mdl;

	if (length == 0 || length > SMP_MAX_USER)
		return STATUS_INVALID_BUFFER_SIZE;

	mdl = IoAllocateMdl(Irp->UserBuffer, length, FALSE, FALSE, NULL);
	if (!mdl)
		return STATUS_INSUFFICIENT_RESOURCES;

	__try {
		MmProbeAndLockPages(mdl, Irp->RequestorMode, IoModifyAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}

	in = MmMapLockedPagesSpecifyCache(mdl, KernelMode, MmCached, NULL, FALSE, NormalPagePriority); /* note: win-mdl-double-map "mdl" */
	out = MmMapLockedPagesSpecifyCache(mdl, KernelMode, MmCached, NULL, FALSE, NormalPagePriority); /* expect: win-mdl-double-map "mdl" */
	if (in && out) {
		for (i = 0, last = in[0]; i < length; i++) {
			UCHAR byte = in[i];

			out[i] = (UCHAR)((byte + last) / 2);
			last = byte;
		}
		*done = length;
	}

	MmUnlockPages(mdl); /* this removes the mapping as well */
	IoFreeMdl(mdl);
	return in && out ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
}

/* Keep a client's buffer locked until it releases it or closes its handle. */
static NTSTATUS SmpHold(PSMP_EXTENSION ext, PIRP Irp, PIO_STACK_LOCATION stack)
{
	ULONG length = stack->Parameters.DeviceIoControl.OutputBufferLength;
	PSMP_FILE file = stack->FileObject->FsContext;
	NTSTATUS status = STATUS_SUCCESS;
	KIRQL irql;
	PMDL mdl;

	if (length == 0 || length > SMP_MAX_USER)
		return STATUS_INVALID_BUFFER_SIZE;

	mdl = IoAllocateMdl(Irp->UserBuffer, length, FALSE, FALSE, NULL); /* note: win-mdl-leak "mdl" */
	if (!mdl)
		return STATUS_INSUFFICIENT_RESOURCES;

	__try {
		MmProbeAndLockPages(mdl, UserMode, IoWriteAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode(); /* expect: win-mdl-leak "mdl" */
	}

	ExAcquireFastMutex(&file->Mutex);
	KeAcquireSpinLock(&ext->Lock, &irql);
	if (ext->HeldMdl || file->Closing) {
		status = STATUS_DEVICE_BUSY;
	} else {
		ext->HeldMdl = mdl;
		ext->HeldBy = stack->FileObject;
	}
	KeReleaseSpinLock(&ext->Lock, irql);
	ExReleaseFastMutex(&file->Mutex);

	if (!NT_SUCCESS(status)) {
		MmUnlockPages(mdl);
		IoFreeMdl(mdl);
	}
	return status;
}

static NTSTATUS SmpReleaseHeld(PSMP_EXTENSION ext, PFILE_OBJECT fileObject)
{
	PMDL mdl = NULL;
	KIRQL irql;

	KeAcquireSpinLock(&ext->Lock, &irql);
	if (ext->HeldBy == fileObject) {
		mdl = ext->HeldMdl;
		ext->HeldMdl = NULL;
		ext->HeldBy = NULL;
	}
	KeReleaseSpinLock(&ext->Lock, irql);

	if (!mdl)
		return STATUS_NOT_FOUND;
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}

/* METHOD_OUT_DIRECT: the I/O manager has locked the buffer for us. */
static NTSTATUS SmpReadDirect(PSMP_EXTENSION ext, PIRP Irp, PULONG_PTR done)
{
	ULONG length;
	PUCHAR va;

	if (!Irp->MdlAddress)
		return STATUS_INVALID_PARAMETER;
	length = MmGetMdlByteCount(Irp->MdlAddress);
	if (length > SMP_SHARED_SIZE)
		length = SMP_SHARED_SIZE;

	va = MmGetSystemAddressForMdlSafe(Irp->MdlAddress, NormalPagePriority | MdlMappingNoExecute); /* note: win-mdl-sysaddr-null "va" */
	RtlCopyMemory(va, ext->Samples, length); /* expect: win-mdl-sysaddr-null "va" */
	*done = length;
	return STATUS_SUCCESS;
}

/* METHOD_IN_DIRECT: a large buffer is summed up one window at a time. */
static NTSTATUS SmpSumDirect(PSMP_EXTENSION ext, PIRP Irp)
{
	NTSTATUS status = STATUS_SUCCESS;
	PMDL source = Irp->MdlAddress;
	ULONG total, offset, chunk, i;
	ULONG sum = 0;
	PUCHAR base;
	PUCHAR va;
	PMDL partial;

	if (!source)
		return STATUS_INVALID_PARAMETER;
	base = MmGetMdlVirtualAddress(source);
	total = MmGetMdlByteCount(source);

	partial = IoAllocateMdl(base, min(total, SMP_WINDOW) + PAGE_SIZE, TRUE, FALSE, NULL); /* expect: win-mdl-alloc-args "IoAllocateMdl" */
	if (!partial)
		return STATUS_INSUFFICIENT_RESOURCES;

	for (offset = 0; offset < total; offset += chunk) {
		chunk = min(total - offset, SMP_WINDOW);
		IoBuildPartialMdl(source, partial, base + offset, chunk); /* expect: win-mdl-reuse "partial" */
		va = MmGetSystemAddressForMdlSafe(partial, LowPagePriority | MdlMappingNoExecute); /* note: win-mdl-reuse "partial" */
		if (!va) {
			status = STATUS_INSUFFICIENT_RESOURCES;
			break;
		}
		for (i = 0; i < chunk; i++)
			sum += va[i];
	}

	IoFreeMdl(partial);
	if (NT_SUCCESS(status))
		SmpRemember(ext, sum);
	return status;
}

/* METHOD_IN_DIRECT: look at one byte without mapping all of the buffer. */
static NTSTATUS SmpPeekDirect(PSMP_EXTENSION ext, PIRP Irp, ULONG inLength)
{
	PMDL source = Irp->MdlAddress;
	PUCHAR target;
	PUCHAR va;
	PMDL partial;
	ULONG offset;

	if (!source || inLength < sizeof(offset))
		return STATUS_INVALID_PARAMETER;
	offset = *(PULONG)Irp->AssociatedIrp.SystemBuffer;
	if (offset >= MmGetMdlByteCount(source))
		return STATUS_INVALID_PARAMETER;

	target = (PUCHAR)MmGetMdlVirtualAddress(source) + offset;
	partial = IoAllocateMdl(target, 1, FALSE, FALSE, NULL); /* note: win-mdl-use-uninit "partial" */
	if (!partial)
		return STATUS_INSUFFICIENT_RESOURCES;

	va = MmGetSystemAddressForMdlSafe(partial, LowPagePriority | MdlMappingNoExecute); /* expect: win-mdl-use-uninit "partial" */
	if (!va) {
		IoFreeMdl(partial);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	SmpRemember(ext, *va);
	IoFreeMdl(partial);
	return STATUS_SUCCESS;
}

/* Show the samples themselves to the client. */
static NTSTATUS SmpExport(PSMP_EXTENSION ext, PSMP_FILE file, PVOID *userVa)
{
	NTSTATUS status = STATUS_SUCCESS;
	PVOID va = NULL;
	KIRQL irql;
	PMDL mdl;

	mdl = IoAllocateMdl(ext->Samples, SMP_SHARED_SIZE, FALSE, FALSE, NULL);
	if (!mdl)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(mdl);

	KeAcquireSpinLock(&ext->Lock, &irql); /* note: win-mdl-map-irql "ext->Lock" */
	if (file->Closing || file->ExportVa || file->Owner != PsGetCurrentProcess()) {
		status = STATUS_DEVICE_BUSY;
		goto release;
	}
	__try {
		va = MmMapLockedPagesSpecifyCache(mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority); /* expect: win-mdl-map-irql "MmMapLockedPagesSpecifyCache" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	if (NT_SUCCESS(status) && !va)
		status = STATUS_INSUFFICIENT_RESOURCES;
	if (NT_SUCCESS(status)) {
		file->ExportMdl = mdl;
		file->ExportVa = va;
		*userVa = va;
	}
release:
	KeReleaseSpinLock(&ext->Lock, irql);
	if (!NT_SUCCESS(status))
		IoFreeMdl(mdl);
	return status;
}

/* Show the client a copy of the samples that no longer changes. */
static NTSTATUS SmpSnapshot(PSMP_EXTENSION ext, PSMP_FILE file, PVOID *userVa)
{
	NTSTATUS status = STATUS_SUCCESS;
	PVOID buffer;
	PVOID va;
	PMDL mdl;

	buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, SMP_SHARED_SIZE, SMP_TAG);
	if (!buffer)
		return STATUS_INSUFFICIENT_RESOURCES;
	RtlCopyMemory(buffer, ext->Samples, SMP_SHARED_SIZE);

	mdl = IoAllocateMdl(buffer, SMP_SHARED_SIZE, FALSE, FALSE, NULL);
	if (!mdl) {
		status = STATUS_INSUFFICIENT_RESOURCES;
		goto free_buffer;
	}
	MmBuildMdlForNonPagedPool(mdl);

	va = MmMapLockedPagesSpecifyCache(mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority); /* expect: win-mdl-map-user-no-seh "MmMapLockedPagesSpecifyCache" */ /* note: win-usermap-free-mapped "mapped into user space" */
	if (!va) {
		status = STATUS_INSUFFICIENT_RESOURCES;
		goto free_mdl;
	}

	ExAcquireFastMutex(&file->Mutex);
	if (!file->Closing && !file->SnapVa && file->Owner == PsGetCurrentProcess()) {
		file->Snap = buffer;
		file->SnapMdl = mdl;
		file->SnapVa = va;
		ExReleaseFastMutex(&file->Mutex);
		*userVa = va;
		return STATUS_SUCCESS;
	}
	ExReleaseFastMutex(&file->Mutex);

	ExFreePoolWithTag(buffer, SMP_TAG); /* expect: win-usermap-free-mapped "buffer" */
	MmUnmapLockedPages(va, mdl);
	IoFreeMdl(mdl);
	return STATUS_DEVICE_BUSY;

free_mdl:
	IoFreeMdl(mdl);
free_buffer:
	ExFreePoolWithTag(buffer, SMP_TAG);
	return status;
}

/* Sort a copy of the samples in pages that are ours for this request only. */
static NTSTATUS SmpSort(PSMP_EXTENSION ext, PULONG median)
{
	PHYSICAL_ADDRESS low, high, skip;
	ULONG counts[256];
	NTSTATUS status;
	PUCHAR copy;
	ULONG i, seen;
	PMDL mdl;

	low.QuadPart = 0;
	high.QuadPart = -1;
	skip.QuadPart = 0;
	mdl = MmAllocatePagesForMdl(low, high, skip, SMP_SHARED_SIZE); /* note: win-mdl-free-wrong "mdl" */
	if (!mdl)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (MmGetMdlByteCount(mdl) < SMP_SHARED_SIZE) {
		status = STATUS_INSUFFICIENT_RESOURCES;
		goto free_pages;
	}

	copy = MmMapLockedPagesSpecifyCache(mdl, KernelMode, MmCached, NULL, TRUE, /* note: win-mdl-unmap-missing "mdl" */ /* expect: win-mdl-map-bugcheck "MmMapLockedPagesSpecifyCache" */
					    NormalPagePriority | MdlMappingNoExecute);
	if (!copy) {
		IoFreeMdl(mdl); /* expect: win-mdl-free-wrong "mdl" */
		return STATUS_INSUFFICIENT_RESOURCES;
	}

	if (ext->Sequence == 0) {
		status = STATUS_NO_DATA_DETECTED;
		goto free_pages;
	}
	RtlCopyMemory(copy, ext->Samples, SMP_SHARED_SIZE);
	RtlZeroMemory(counts, sizeof(counts));
	for (i = 0; i < SMP_SHARED_SIZE; i++)
		counts[copy[i]]++;
	if (counts[0] == SMP_SHARED_SIZE) {
		MmUnmapLockedPages(copy, mdl); /* note: win-mdl-unmap-wrong "copy" */
		status = STATUS_DATA_ERROR;
		goto unmap;
	}

	for (i = 0, seen = 0; i < 256; i++) {
		seen += counts[i];
		if (seen >= SMP_SHARED_SIZE / 2)
			break;
	}
	*median = i;
	status = STATUS_SUCCESS;

unmap:
	MmUnmapLockedPages(copy, mdl); /* expect: win-mdl-unmap-wrong "copy" */
free_pages:
	MmFreePagesFromMdl(mdl); /* expect: win-mdl-unmap-missing "mdl" */
	ExFreePool(mdl);
	return status;
}

NTSTATUS SmpIoctl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	ULONG inLength = stack->Parameters.DeviceIoControl.InputBufferLength;
	ULONG outLength = stack->Parameters.DeviceIoControl.OutputBufferLength;
	PSMP_EXTENSION ext = DeviceObject->DeviceExtension;
	PSMP_FILE file = stack->FileObject->FsContext;
	PVOID buffer = Irp->AssociatedIrp.SystemBuffer;
	ULONG_PTR done = 0;
	NTSTATUS status;

	switch (stack->Parameters.DeviceIoControl.IoControlCode) {
	case SMP_IOC_FILL:
		status = SmpFillUser(ext, Irp, outLength, &done);
		break;
	case SMP_IOC_LOAD:
		status = SmpLoadUser(ext, Irp, stack);
		break;
	case SMP_IOC_SCRAMBLE:
		status = SmpScrambleUser(ext, Irp, outLength, &done);
		break;
	case SMP_IOC_STAMP:
		status = SmpStampUser(ext, Irp, outLength, &done);
		break;
	case SMP_IOC_HISTORY:
		status = SmpHistory(ext, Irp, outLength, &done);
		break;
	case SMP_IOC_SMOOTH:
		status = SmpSmoothUser(Irp, outLength, &done);
		break;
	case SMP_IOC_HOLD:
		status = SmpHold(ext, Irp, stack);
		break;
	case SMP_IOC_RELEASE:
		status = SmpReleaseHeld(ext, stack->FileObject);
		break;
	case SMP_IOC_READ:
		status = SmpReadDirect(ext, Irp, &done);
		break;
	case SMP_IOC_SUM:
		status = SmpSumDirect(ext, Irp);
		break;
	case SMP_IOC_PEEK:
		status = SmpPeekDirect(ext, Irp, inLength);
		break;
	case SMP_IOC_EXPORT:
	case SMP_IOC_SNAPSHOT:
		if (outLength < sizeof(PVOID)) {
			status = STATUS_BUFFER_TOO_SMALL;
			break;
		}
		if (stack->Parameters.DeviceIoControl.IoControlCode == SMP_IOC_EXPORT)
			status = SmpExport(ext, file, buffer);
		else
			status = SmpSnapshot(ext, file, buffer);
		if (NT_SUCCESS(status))
			done = sizeof(PVOID);
		break;
	case SMP_IOC_SORT:
		if (outLength < sizeof(ULONG)) {
			status = STATUS_BUFFER_TOO_SMALL;
			break;
		}
		status = SmpSort(ext, buffer);
		if (NT_SUCCESS(status))
			done = sizeof(ULONG);
		break;
	default:
		status = STATUS_INVALID_DEVICE_REQUEST;
		break;
	}
	return SmpComplete(Irp, status, done);
}

NTSTATUS SmpCreate(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PSMP_FILE file;

	UNREFERENCED_PARAMETER(DeviceObject);

	file = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*file), SMP_TAG);
	if (!file)
		return SmpComplete(Irp, STATUS_INSUFFICIENT_RESOURCES, 0);
	ExInitializeFastMutex(&file->Mutex);
	file->Owner = PsGetCurrentProcess();
	ObReferenceObject(file->Owner);
	stack->FileObject->FsContext = file;
	return SmpComplete(Irp, STATUS_SUCCESS, 0);
}

/*
 * Runs in the process that maps the views, unless it lent its handle to another
 * one; what such a process still sees is never freed.
 */
NTSTATUS SmpCleanup(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PSMP_FILE file = stack->FileObject->FsContext;
	PSMP_EXTENSION ext = DeviceObject->DeviceExtension;
	BOOLEAN mine = file->Owner == PsGetCurrentProcess();

	ExAcquireFastMutex(&file->Mutex);
	file->Closing = TRUE;
	if (file->ExportVa && !mine)
		ext->Stranded = TRUE;
	if (file->ExportVa && mine) {
		MmUnmapLockedPages(file->ExportVa, file->ExportMdl);
		file->ExportVa = NULL;
	}
	if (file->SnapVa && mine) {
		MmUnmapLockedPages(file->SnapVa, file->SnapMdl);
		file->SnapVa = NULL;
	}
	ExReleaseFastMutex(&file->Mutex);

	SmpReleaseHeld(ext, stack->FileObject);
	return SmpComplete(Irp, STATUS_SUCCESS, 0);
}

NTSTATUS SmpClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PSMP_FILE file = stack->FileObject->FsContext;

	UNREFERENCED_PARAMETER(DeviceObject);

	if (file->ExportMdl && !file->ExportVa)
		IoFreeMdl(file->ExportMdl);
	if (file->SnapMdl && !file->SnapVa) {
		IoFreeMdl(file->SnapMdl);
		ExFreePoolWithTag(file->Snap, SMP_TAG);
	}
	stack->FileObject->FsContext = NULL;
	ObDereferenceObject(file->Owner);
	ExFreePoolWithTag(file, SMP_TAG);
	return SmpComplete(Irp, STATUS_SUCCESS, 0);
}

static NTSTATUS SmpCreateSamples(PSMP_EXTENSION ext)
{
	PULONG words;
	ULONG i;

	ext->Samples = ExAllocatePool2(POOL_FLAG_NON_PAGED, SMP_SHARED_SIZE, SMP_TAG);
	if (!ext->Samples)
		return STATUS_INSUFFICIENT_RESOURCES;

	ext->SamplesMdl = IoAllocateMdl(ext->Samples, SMP_SHARED_SIZE, FALSE, FALSE, NULL);
	if (!ext->SamplesMdl) {
		ExFreePoolWithTag(ext->Samples, SMP_TAG);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	MmBuildMdlForNonPagedPool(ext->SamplesMdl); /* note: win-mdl-map-nonpaged-system "ext->SamplesMdl" */

	words = MmMapLockedPagesSpecifyCache(ext->SamplesMdl, KernelMode, MmCached, NULL, FALSE, NormalPagePriority | MdlMappingNoExecute); /* expect: win-mdl-map-nonpaged-system "ext->SamplesMdl" */
	if (!words) {
		IoFreeMdl(ext->SamplesMdl);
		ExFreePoolWithTag(ext->Samples, SMP_TAG);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	for (i = 0; i < SMP_SHARED_SIZE / sizeof(ULONG); i++)
		words[i] = i;
	return STATUS_SUCCESS;
}

VOID SmpUnload(PDRIVER_OBJECT DriverObject)
{
	PDEVICE_OBJECT device = DriverObject->DeviceObject;
	PSMP_EXTENSION ext = device->DeviceExtension;

	IoDeleteSymbolicLink(&SmpLinkName);
	IoFreeMdl(ext->SamplesMdl);
	if (!ext->Stranded)
		ExFreePoolWithTag(ext->Samples, SMP_TAG);
	IoDeleteDevice(device);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	PDEVICE_OBJECT device;
	PSMP_EXTENSION ext;
	NTSTATUS status;

	UNREFERENCED_PARAMETER(RegistryPath);

	status = IoCreateDevice(DriverObject, sizeof(*ext), &SmpDeviceName, FILE_DEVICE_UNKNOWN,
				FILE_DEVICE_SECURE_OPEN, FALSE, &device);
	if (!NT_SUCCESS(status))
		return status;

	ext = device->DeviceExtension;
	KeInitializeSpinLock(&ext->Lock);
	status = SmpCreateSamples(ext);
	if (!NT_SUCCESS(status))
		goto delete_device;

	status = IoCreateSymbolicLink(&SmpLinkName, &SmpDeviceName);
	if (!NT_SUCCESS(status))
		goto free_samples;

	DriverObject->MajorFunction[IRP_MJ_CREATE] = SmpCreate;
	DriverObject->MajorFunction[IRP_MJ_CLEANUP] = SmpCleanup;
	DriverObject->MajorFunction[IRP_MJ_CLOSE] = SmpClose;
	DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = SmpIoctl;
	DriverObject->DriverUnload = SmpUnload;
	return STATUS_SUCCESS;

free_samples:
	IoFreeMdl(ext->SamplesMdl);
	ExFreePoolWithTag(ext->Samples, SMP_TAG);
delete_device:
	IoDeleteDevice(device);
	return status;
}
