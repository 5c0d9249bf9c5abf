/* Probed, locked, or not an address of a process at all. */
#include <ntddk.h>

typedef struct _PARCEL {
	ULONG Weight;
	CHAR Label[32];
} PARCEL, *PPARCEL;

DRIVER_DISPATCH ParcelControl;
DRIVER_DISPATCH ParcelRead;
DRIVER_DISPATCH ParcelKernel;
DRIVER_DISPATCH ParcelLocked;
DRIVER_DISPATCH ParcelBuffered;
DRIVER_DISPATCH ParcelInternal;

NTSTATUS ParcelControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPARCEL parcel = Device->DeviceExtension;
	PULONG weight = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		ProbeForRead(weight, sizeof(ULONG), sizeof(ULONG));
		parcel->Weight = *weight; /* ok: win-user-unprobed */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

NTSTATUS ParcelRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPARCEL parcel = Device->DeviceExtension;
	PVOID to = Irp->UserBuffer;
	ULONG length = min(stack->Parameters.Read.Length, sizeof(parcel->Label));
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		ProbeForWrite(to, length, 1);
		RtlCopyMemory(to, parcel->Label, length); /* ok: win-user-unprobed */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

/* Trap: requests of the kernel come with addresses of the kernel, which a probe would reject. */
/* trap: win-user-unprobed kernel-requestor */
NTSTATUS ParcelKernel(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPARCEL parcel = Device->DeviceExtension;
	PULONG weight = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		if (Irp->RequestorMode != KernelMode)
			ProbeForRead(weight, sizeof(ULONG), sizeof(ULONG));
		parcel->Weight = *weight; /* ok: win-user-unprobed */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

/* Trap: locked with an MDL; the system address is the kernel's. */
NTSTATUS ParcelLocked(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPARCEL parcel = Device->DeviceExtension;
	PMDL mdl = IoAllocateMdl(Irp->UserBuffer, sizeof(ULONG), FALSE, FALSE, NULL);
	PULONG mapped;
	NTSTATUS status = STATUS_SUCCESS;

	UNREFERENCED_PARAMETER(stack);
	if (mdl == NULL) {
		status = STATUS_INSUFFICIENT_RESOURCES;
		goto done;
	}
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
		IoFreeMdl(mdl);
		goto done;
	}
	mapped = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority);
	if (mapped != NULL)
		parcel->Weight = *mapped; /* ok: win-user-unprobed */
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
done:
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

/* Trap: buffered requests leave UserBuffer to the I/O manager, which copies there; the driver only compares it. */
/* trap: win-user-unprobed buffered */
NTSTATUS ParcelBuffered(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPARCEL parcel = Device->DeviceExtension;
	PULONG weight = Irp->AssociatedIrp.SystemBuffer;
	NTSTATUS status = STATUS_SUCCESS;

	if (Irp->UserBuffer != NULL && stack->Parameters.DeviceIoControl.InputBufferLength >= sizeof(ULONG))
		parcel->Weight = *weight; /* ok: win-user-unprobed */
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

/* Trap: internal requests come from other drivers, and so do their buffers. */
NTSTATUS ParcelInternal(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPARCEL parcel = Device->DeviceExtension;
	NTSTATUS status = STATUS_SUCCESS;

	UNREFERENCED_PARAMETER(stack);
	RtlCopyMemory(Irp->UserBuffer, parcel->Label, sizeof(parcel->Label)); /* ok: win-user-unprobed */
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

/* Trap: a request of the driver's own, with a buffer of its own. */
VOID ParcelSend(PDEVICE_OBJECT Lower, PPARCEL Parcel)
{
	PIRP irp = IoAllocateIrp(Lower->StackSize, FALSE);

	if (irp == NULL)
		return;
	irp->UserBuffer = Parcel->Label;
	RtlZeroMemory(irp->UserBuffer, sizeof(Parcel->Label)); /* ok: win-user-unprobed */
	IoFreeIrp(irp);
}

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	UNREFERENCED_PARAMETER(Path);
	Driver->MajorFunction[IRP_MJ_DEVICE_CONTROL] = ParcelControl;
	Driver->MajorFunction[IRP_MJ_INTERNAL_DEVICE_CONTROL] = ParcelInternal;
	return STATUS_SUCCESS;
}

/* Probed by the only caller. */
/* trap: win-user-unprobed probed-by-caller */
static VOID ParcelTake(PPARCEL Parcel, PULONG Weight)
{
	Parcel->Weight = *Weight; /* ok: win-user-unprobed */
}

DRIVER_DISPATCH ParcelProbed;

NTSTATUS ParcelProbed(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PULONG weight = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		ProbeForRead(weight, sizeof(ULONG), sizeof(ULONG));
		ParcelTake(Device->DeviceExtension, weight);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

#define PARCEL_WEIGH CTL_CODE(FILE_DEVICE_UNKNOWN, 0x801, METHOD_NEITHER, FILE_ANY_ACCESS)

DRIVER_DISPATCH ParcelSwitch;

static NTSTATUS ParcelProbe(PVOID user)
{
	__try {
		ProbeForRead(user, sizeof(PARCEL), 1);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

static NTSTATUS ParcelWeigh(PPARCEL parcel, PIO_STACK_LOCATION stack)
{
	PVOID user = stack->Parameters.DeviceIoControl.Type3InputBuffer;

	__try {
		RtlCopyMemory(&parcel->Weight, user, sizeof(parcel->Weight)); /* ok: win-user-unprobed */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

/* A helper probes for all requests before they are told apart. */
NTSTATUS ParcelSwitch(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPARCEL parcel = Device->DeviceExtension;
	NTSTATUS status = ParcelProbe(stack->Parameters.DeviceIoControl.Type3InputBuffer);

	if (NT_SUCCESS(status)) {
		switch (stack->Parameters.DeviceIoControl.IoControlCode) {
		case PARCEL_WEIGH:
			status = ParcelWeigh(parcel, stack);
			break;
		default:
			status = STATUS_INVALID_DEVICE_REQUEST;
			break;
		}
	}
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}
