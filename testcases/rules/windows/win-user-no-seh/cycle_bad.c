/* Helpers that call each other, and no handler anywhere. */
#include <ntddk.h>

typedef struct _PARCEL {
	ULONG Weight;
	CHAR Label[32];
} PARCEL, *PPARCEL;

DRIVER_DISPATCH ParcelControl;

static VOID ParcelNext(PPARCEL Parcel, PULONG Weight, ULONG Rest);

static VOID ParcelSum(PPARCEL Parcel, PULONG Weight, ULONG Rest)
{
	ProbeForRead(Weight, sizeof(ULONG), sizeof(ULONG)); /* expect: win-user-no-seh "ProbeForRead" */
	Parcel->Weight += *Weight; /* expect: win-user-no-seh "Weight" */
	if (Rest > 0)
		ParcelNext(Parcel, Weight, Rest);
}

static VOID ParcelNext(PPARCEL Parcel, PULONG Weight, ULONG Rest)
{
	ParcelSum(Parcel, Weight + 1, Rest - 1);
}

NTSTATUS ParcelControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPARCEL parcel = Device->DeviceExtension;
	PULONG weight = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	NTSTATUS status = STATUS_SUCCESS;

	ParcelSum(parcel, weight, 3);
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}
