/* Inside a __try with a handler, or not user memory at all. */
#include <ntddk.h>

typedef struct _PARCEL {
	ULONG Weight;
	CHAR Label[32];
} PARCEL, *PPARCEL;

DRIVER_DISPATCH ParcelControl;
DRIVER_DISPATCH ParcelDirect;
DRIVER_DISPATCH ParcelNested;

NTSTATUS ParcelControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPARCEL parcel = Device->DeviceExtension;
	PULONG weight = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		ProbeForRead(weight, sizeof(ULONG), sizeof(ULONG)); /* ok: win-user-no-seh */
		parcel->Weight = *weight; /* ok: win-user-no-seh */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

/* Trap: the system address of an MDL that the I/O manager has locked needs no handler. */
/* trap: win-user-no-seh locked-mdl */
NTSTATUS ParcelDirect(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPARCEL parcel = Device->DeviceExtension;
	PULONG mapped;
	NTSTATUS status = STATUS_SUCCESS;

	mapped = MmGetSystemAddressForMdlSafe(Irp->MdlAddress, NormalPagePriority);
	if (mapped != NULL && stack->Parameters.Write.Length >= sizeof(ULONG))
		parcel->Weight = *mapped; /* ok: win-user-no-seh */
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

/* Trap: a __finally inside a __try with a handler. */
NTSTATUS ParcelNested(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPARCEL parcel = Device->DeviceExtension;
	PULONG weight = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		__try {
			ProbeForRead(weight, sizeof(ULONG), sizeof(ULONG)); /* ok: win-user-no-seh */
			parcel->Weight = *weight; /* ok: win-user-no-seh */
		} __finally {
			parcel->Label[0] = 0;
		}
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

/* Trap: read into a local first, used outside. */
DRIVER_DISPATCH ParcelCopy;

NTSTATUS ParcelCopy(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPARCEL parcel = Device->DeviceExtension;
	PULONG weight = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	ULONG copy = 0;
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		ProbeForRead(weight, sizeof(ULONG), sizeof(ULONG));
		copy = *weight; /* ok: win-user-no-seh */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	parcel->Weight = copy; /* ok: win-user-no-seh */
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

/* Only called inside the __try below. */
/* trap: win-user-no-seh caller-wraps */
static ULONG ParcelRead(PULONG Weight)
{
	ProbeForRead(Weight, sizeof(ULONG), sizeof(ULONG)); /* ok: win-user-no-seh */
	return *Weight; /* ok: win-user-no-seh */
}

DRIVER_DISPATCH ParcelWrapped;

NTSTATUS ParcelWrapped(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPARCEL parcel = Device->DeviceExtension;
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		parcel->Weight = ParcelRead(stack->Parameters.DeviceIoControl.Type3InputBuffer);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}
