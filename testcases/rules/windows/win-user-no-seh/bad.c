/* Probes and accesses without an exception handler. */
#include <ntddk.h>

typedef struct _PARCEL {
	ULONG Weight;
	CHAR Label[32];
} PARCEL, *PPARCEL;

DRIVER_DISPATCH ParcelControl;
DRIVER_DISPATCH ParcelLate;
DRIVER_DISPATCH ParcelFinally;

/* trap: win-user-no-seh locked-mdl */
NTSTATUS ParcelControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPARCEL parcel = Device->DeviceExtension;
	PULONG weight = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	NTSTATUS status = STATUS_SUCCESS;

	ProbeForRead(weight, sizeof(ULONG), sizeof(ULONG)); /* expect: win-user-no-seh "ProbeForRead" */
	parcel->Weight = *weight; /* expect: win-user-no-seh "weight" */
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

/* The probe is covered, the access is not. */
/* trap: win-user-no-seh caller-wraps */
NTSTATUS ParcelLate(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPARCEL parcel = Device->DeviceExtension;
	PULONG weight = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		ProbeForRead(weight, sizeof(ULONG), sizeof(ULONG));
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
		goto done;
	}
	RtlCopyMemory(&parcel->Weight, weight, sizeof(ULONG)); /* expect: win-user-no-seh "weight" */
done:
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

/* Trap: a __finally handles nothing. */
NTSTATUS ParcelFinally(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPARCEL parcel = Device->DeviceExtension;
	PULONG weight = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		ProbeForRead(weight, sizeof(ULONG), sizeof(ULONG)); /* expect: win-user-no-seh "ProbeForRead" */
		parcel->Weight = *weight; /* expect: win-user-no-seh "weight" */
	} __finally {
		parcel->Label[0] = 0;
	}
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}
