/* Probe and access two calls below the dispatch routine, which has no handler either. */
#include <ntddk.h>

typedef struct _PARCEL {
	ULONG Weight;
	CHAR Label[32];
} PARCEL, *PPARCEL;

DRIVER_DISPATCH ParcelControl;

static VOID ParcelWeigh(PPARCEL Parcel, PULONG Weight)
{
	ProbeForRead(Weight, sizeof(ULONG), sizeof(ULONG)); /* expect: win-user-no-seh "ProbeForRead" */
	Parcel->Weight = *Weight; /* expect: win-user-no-seh "Weight" */
}

static VOID ParcelTake(PPARCEL Parcel, PULONG Weight)
{
	Parcel->Label[0] = 0;
	ParcelWeigh(Parcel, Weight); /* note: win-user-no-seh "calls `ParcelWeigh`" */
}

NTSTATUS ParcelControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPARCEL parcel = Device->DeviceExtension;
	PULONG weight = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	NTSTATUS status = STATUS_SUCCESS;

	ParcelTake(parcel, weight); /* note: win-user-no-seh "calls `ParcelTake`" */
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}
