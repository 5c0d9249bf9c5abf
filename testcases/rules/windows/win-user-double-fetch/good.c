/* Each value is read from user memory once. */
#include <ntddk.h>

#define CASK_SIZE 128

typedef struct _CASK_REQUEST {
	ULONG Length;
	ULONG Slot;
	UCHAR Data[1];
} CASK_REQUEST, *PCASK_REQUEST;

typedef struct _CASK {
	UCHAR Data[CASK_SIZE];
	ULONG Slots[8];
} CASK, *PCASK;

DRIVER_DISPATCH CaskControl;
DRIVER_DISPATCH CaskBuffered;

/* trap: win-user-double-fetch read-once */
NTSTATUS CaskControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PCASK cask = Device->DeviceExtension;
	PCASK_REQUEST request = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	ULONG given = stack->Parameters.DeviceIoControl.InputBufferLength, length, slot;
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		ProbeForRead(request, given, 1);
		if (given < sizeof(*request))
			ExRaiseStatus(STATUS_INVALID_PARAMETER);
		length = request->Length;
		slot = request->Slot;
		if (length > CASK_SIZE || length > given - FIELD_OFFSET(CASK_REQUEST, Data))
			ExRaiseStatus(STATUS_INVALID_PARAMETER);
		RtlCopyMemory(cask->Data, request->Data, length);
		if (slot < 8)
			cask->Slots[slot] = 1;
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

/* trap: win-user-double-fetch buffered-copy */
NTSTATUS CaskBuffered(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PCASK cask = Device->DeviceExtension;
	PCASK_REQUEST request = Irp->AssociatedIrp.SystemBuffer;
	NTSTATUS status = STATUS_INVALID_PARAMETER;

	if (stack->Parameters.DeviceIoControl.InputBufferLength >= sizeof(*request) && request->Slot < 8) {
		cask->Slots[request->Slot] = 1;
		status = STATUS_SUCCESS;
	}
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}
