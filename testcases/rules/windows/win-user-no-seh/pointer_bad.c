/* Through a table of functions, without a handler. */
#include <ntddk.h>

typedef struct _PARCEL {
	ULONG Weight;
	CHAR Label[32];
} PARCEL, *PPARCEL;

DRIVER_DISPATCH ParcelControl;

typedef struct _PARCEL_OPS {
	VOID (*Weigh)(PPARCEL Parcel, PULONG Weight);
} PARCEL_OPS;

static VOID ParcelWeigh(PPARCEL Parcel, PULONG Weight)
{
	ProbeForRead(Weight, sizeof(ULONG), sizeof(ULONG)); /* expect: win-user-no-seh "ProbeForRead" */
	Parcel->Weight = *Weight; /* expect: win-user-no-seh "Weight" */
}

static const PARCEL_OPS ParcelOps = { .Weigh = ParcelWeigh };

NTSTATUS ParcelControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPARCEL parcel = Device->DeviceExtension;
	PULONG weight = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	NTSTATUS status = STATUS_SUCCESS;

	ParcelOps.Weigh(parcel, weight);
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}
