/* Probed before it goes round in helpers that call each other. */
#include <ntddk.h>

typedef struct _PARCEL {
	ULONG Weight;
	CHAR Label[32];
} PARCEL, *PPARCEL;

DRIVER_DISPATCH ParcelControl;

static VOID ParcelNext(PPARCEL Parcel, PULONG Weight, ULONG Rest);

static VOID ParcelSum(PPARCEL Parcel, PULONG Weight, ULONG Rest)
{
	Parcel->Weight += *Weight; /* ok: win-user-unprobed */
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

	__try {
		ProbeForRead(weight, 4 * sizeof(ULONG), sizeof(ULONG));
		ParcelSum(parcel, weight, 3);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}
