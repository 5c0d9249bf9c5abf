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

#define PARCEL_WEIGH CTL_CODE(FILE_DEVICE_UNKNOWN, 0x801, METHOD_NEITHER, FILE_ANY_ACCESS)
#define PARCEL_LABEL CTL_CODE(FILE_DEVICE_UNKNOWN, 0x802, METHOD_NEITHER, FILE_ANY_ACCESS)

DRIVER_DISPATCH ParcelSwitch;

static NTSTATUS ParcelWeigh(PPARCEL parcel, PIO_STACK_LOCATION stack)
{
	PVOID user = stack->Parameters.DeviceIoControl.Type3InputBuffer;

	__try {
		RtlCopyMemory(&parcel->Weight, user, sizeof(parcel->Weight)); /* expect: win-user-unprobed "user" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

static NTSTATUS ParcelRename(PPARCEL parcel, PIO_STACK_LOCATION stack)
{
	PVOID user = stack->Parameters.DeviceIoControl.Type3InputBuffer;

	__try {
		ProbeForRead(user, sizeof(parcel->Label), 1);
		RtlCopyMemory(parcel->Label, user, sizeof(parcel->Label));
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

/* The probe of one request says nothing of another one. */
NTSTATUS ParcelSwitch(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPARCEL parcel = Device->DeviceExtension;
	NTSTATUS status;

	switch (stack->Parameters.DeviceIoControl.IoControlCode) {
	case PARCEL_WEIGH:
		status = ParcelWeigh(parcel, stack);
		break;
	case PARCEL_LABEL:
		status = ParcelRename(parcel, stack);
		break;
	default:
		status = STATUS_INVALID_DEVICE_REQUEST;
		break;
	}
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}
