/* Probes for as many bytes as are used, and for what is done with them. */
#include <ntddk.h>

typedef struct _TRUNK {
	UCHAR Label[32];
	ULONG Weight;
} TRUNK, *PTRUNK;

DRIVER_DISPATCH TrunkRead;
DRIVER_DISPATCH TrunkControl;

/* trap: win-user-probe-args length-variable */
NTSTATUS TrunkRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PTRUNK trunk = Device->DeviceExtension;
	ULONG length = stack->Parameters.Read.Length;
	PUCHAR to = Irp->UserBuffer;
	NTSTATUS status = STATUS_SUCCESS;

	if (length > sizeof(trunk->Label))
		length = sizeof(trunk->Label);
	__try {
		ProbeForWrite(to, length, 1);
		RtlCopyMemory(to, trunk->Label, length);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = length;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

/* trap: win-user-probe-args size-as-alignment */
NTSTATUS TrunkControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PTRUNK trunk = Device->DeviceExtension;
	PULONG from = stack->Parameters.DeviceIoControl.Type3InputBuffer, to = Irp->UserBuffer;
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		ProbeForRead(from, sizeof(ULONG), sizeof(ULONG));
		trunk->Weight = *from;
		ProbeForRead(to, sizeof(ULONG), TYPE_ALIGNMENT(ULONG));
		trunk->Weight += *to;
		ProbeForWrite(to, sizeof(ULONG), TYPE_ALIGNMENT(ULONG));
		*to = trunk->Weight;
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}
