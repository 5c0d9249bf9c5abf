/* Probed by the caller, or by a helper. */
#include <ntddk.h>

typedef struct _PARCEL {
	ULONG Weight;
	CHAR Label[32];
} PARCEL, *PPARCEL;

DRIVER_DISPATCH ParcelControl;
DRIVER_DISPATCH ParcelWrite;

static VOID ParcelWeigh(PPARCEL Parcel, PULONG Weight)
{
	Parcel->Weight = *Weight; /* ok: win-user-unprobed */
}

static VOID ParcelTake(PPARCEL Parcel, PULONG Weight)
{
	Parcel->Label[0] = 0;
	ParcelWeigh(Parcel, Weight + 1);
}

NTSTATUS ParcelControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPARCEL parcel = Device->DeviceExtension;
	PULONG weight = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		ProbeForRead(weight, 2 * sizeof(ULONG), sizeof(ULONG));
		ParcelTake(parcel, weight); /* ok: win-user-unprobed */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

static VOID ParcelProbe(PVOID Address, SIZE_T Length)
{
	ProbeForRead(Address, Length, sizeof(ULONG));
}

static VOID ParcelProbeAll(PVOID Address)
{
	ParcelProbe(Address, sizeof(ULONG));
}

NTSTATUS ParcelWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPARCEL parcel = Device->DeviceExtension;
	PULONG weight = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		ParcelProbeAll(weight);
		parcel->Weight = *weight; /* ok: win-user-unprobed */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

/* Trap: a helper that other callers give addresses of the kernel. */
static VOID ParcelStore(PPARCEL Parcel, PULONG Weight)
{
	Parcel->Weight = *Weight; /* ok: win-user-unprobed */
}

VOID ParcelReset(PPARCEL Parcel)
{
	ULONG none = 0;

	ParcelStore(Parcel, &none);
}
