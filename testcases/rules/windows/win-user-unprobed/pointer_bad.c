/* The address goes to handlers in a table. */
#include <ntddk.h>

typedef struct _PARCEL {
	ULONG Weight;
	CHAR Label[32];
} PARCEL, *PPARCEL;

DRIVER_DISPATCH ParcelControl;

typedef VOID PARCEL_HANDLER(PPARCEL Parcel, PULONG Weight);

static PARCEL_HANDLER ParcelSet, ParcelAdd;

static VOID ParcelSet(PPARCEL Parcel, PULONG Weight)
{
	Parcel->Weight = *Weight; /* expect: win-user-unprobed "Weight" */
}

static VOID ParcelAdd(PPARCEL Parcel, PULONG Weight)
{
	Parcel->Weight += *Weight; /* expect: win-user-unprobed "Weight" */
}

static PARCEL_HANDLER *const ParcelHandlers[] = { ParcelSet, ParcelAdd };

NTSTATUS ParcelControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPARCEL parcel = Device->DeviceExtension;
	PULONG weight = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		ParcelHandlers[stack->Parameters.DeviceIoControl.IoControlCode & 1](parcel, weight);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}
