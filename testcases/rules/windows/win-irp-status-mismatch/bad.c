/* Dispatch routines that say one thing to the caller and another in the request. */
#include <ntddk.h>

typedef struct _CLERK {
	ULONG Count, Limit;
} CLERK, *PCLERK;

DRIVER_DISPATCH ClerkQuery;
DRIVER_DISPATCH ClerkCreate;
DRIVER_DISPATCH ClerkRead;
DRIVER_DISPATCH ClerkControl;
DRIVER_DISPATCH ClerkWrite;
DRIVER_DISPATCH ClerkNeither;

/* The failure is only in the request. */
/* trap: win-irp-status-mismatch helper-completes */
NTSTATUS ClerkCreate(PDEVICE_OBJECT Device, PIRP Irp)
{
	UNREFERENCED_PARAMETER(Device);
	Irp->IoStatus.Status = STATUS_ACCESS_DENIED;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT); /* note: win-irp-status-mismatch "Irp is completed here" */
	return STATUS_SUCCESS; /* expect: win-irp-status-mismatch */
}

/* The handler stores one error and returns another. */
NTSTATUS ClerkNeither(PDEVICE_OBJECT Device, PIRP Irp)
{
	PCLERK clerk = Device->DeviceExtension;

	__try {
		ProbeForWrite(Irp->UserBuffer, sizeof(ULONG), sizeof(ULONG));
		*(PULONG)Irp->UserBuffer = clerk->Count;
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		Irp->IoStatus.Status = STATUS_ACCESS_VIOLATION;
		Irp->IoStatus.Information = 0;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
		return STATUS_CONFLICTING_ADDRESSES; /* expect: win-irp-status-mismatch */
	}
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}

/* Success is in the request, the failure in the return value. */
NTSTATUS ClerkWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PCLERK clerk = Device->DeviceExtension;

	Irp->IoStatus.Information = 0;
	Irp->IoStatus.Status = STATUS_SUCCESS;
	if (clerk->Count >= clerk->Limit) {
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
		return STATUS_DISK_FULL; /* expect: win-irp-status-mismatch */
	}
	clerk->Count++;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}

/* The error path sets the variable only, after the request was filled in. */
/* trap: win-irp-status-mismatch assigned-between */
NTSTATUS ClerkRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PCLERK clerk = Device->DeviceExtension;
	NTSTATUS status = STATUS_SUCCESS;

	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	if (clerk->Count == 0) {
		status = STATUS_END_OF_FILE;
		goto Exit;
	}
	clerk->Count--;
Exit:
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status; /* expect: win-irp-status-mismatch */
}

/* The default of the switch forgets the request. */
/* trap: win-irp-status-mismatch unknown-value */
NTSTATUS ClerkControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PCLERK clerk = Device->DeviceExtension;
	NTSTATUS status;

	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	switch (stack->Parameters.DeviceIoControl.IoControlCode) {
	case 1:
		clerk->Count = 0;
		status = STATUS_SUCCESS;
		break;
	default:
		status = STATUS_INVALID_DEVICE_REQUEST;
		break;
	}
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status; /* expect: win-irp-status-mismatch */
}

/* One of the cases stores a failure, the return says success. */
NTSTATUS ClerkQuery(PDEVICE_OBJECT Device, PIRP Irp)
{
	PCLERK clerk = Device->DeviceExtension;

	switch (clerk->Count) {
	case 1:
		Irp->IoStatus.Status = STATUS_SUCCESS;
		break;
	default:
		Irp->IoStatus.Status = STATUS_INVALID_DEVICE_REQUEST;
		break;
	}
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS; /* expect: win-irp-status-mismatch */
}
