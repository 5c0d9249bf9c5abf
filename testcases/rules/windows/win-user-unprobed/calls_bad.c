/* The address goes down through two helpers, and none probes it. */
#include <ntddk.h>

typedef struct _PARCEL {
	ULONG Weight;
	CHAR Label[32];
} PARCEL, *PPARCEL;

DRIVER_DISPATCH ParcelControl;

static VOID ParcelWeigh(PPARCEL Parcel, PULONG Weight)
{
	Parcel->Weight = *Weight; /* expect: win-user-unprobed "Weight" */
}

static VOID ParcelTake(PPARCEL Parcel, PULONG Weight)
{
	Parcel->Label[0] = 0;
	ParcelWeigh(Parcel, Weight + 1); /* note: win-user-unprobed "calls `ParcelWeigh`" */
}

NTSTATUS ParcelControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPARCEL parcel = Device->DeviceExtension;
	PULONG weight = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		ParcelTake(parcel, weight); /* note: win-user-unprobed "calls `ParcelTake`" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

/* A helper that probes another address. */
static VOID ParcelProbe(PVOID Address)
{
	ProbeForRead(Address, sizeof(ULONG), sizeof(ULONG));
}

DRIVER_DISPATCH ParcelWrite;

NTSTATUS ParcelWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPARCEL parcel = Device->DeviceExtension;
	PULONG weight = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	PULONG other = Irp->UserBuffer;
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		ParcelProbe(weight);
		parcel->Weight = *weight;
		parcel->Weight += *other; /* expect: win-user-unprobed "other" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}
