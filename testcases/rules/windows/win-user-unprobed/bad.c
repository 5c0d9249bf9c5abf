/* Addresses of the calling process, used without a probe. */
#include <ntddk.h>

typedef struct _PARCEL {
	ULONG Weight;
	CHAR Label[32];
} PARCEL, *PPARCEL;

DRIVER_DISPATCH ParcelControl;
DRIVER_DISPATCH ParcelRead;
DRIVER_DISPATCH ParcelMaybe;

/* METHOD_NEITHER: the address is what the program passed. */
/* trap: win-user-unprobed probed-by-caller */
NTSTATUS ParcelControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPARCEL parcel = Device->DeviceExtension;
	PULONG weight = stack->Parameters.DeviceIoControl.Type3InputBuffer; /* note: win-user-unprobed "weight is an address of the calling process" */
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		parcel->Weight = *weight; /* expect: win-user-unprobed "weight" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

/* Written through a function of the kernel. */
/* trap: win-user-unprobed buffered */
NTSTATUS ParcelRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPARCEL parcel = Device->DeviceExtension;
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		RtlCopyMemory(Irp->UserBuffer, parcel->Label, sizeof(parcel->Label)); /* expect: win-user-unprobed "Irp->UserBuffer" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

/* Probed on one path of two. */
/* trap: win-user-unprobed kernel-requestor */
NTSTATUS ParcelMaybe(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPARCEL parcel = Device->DeviceExtension;
	PULONG weight = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		if (stack->Parameters.DeviceIoControl.InputBufferLength >= sizeof(ULONG))
			ProbeForRead(weight, sizeof(ULONG), sizeof(ULONG));
		parcel->Weight = *weight; /* expect: win-user-unprobed "weight" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}
