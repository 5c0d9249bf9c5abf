/* A driver of METHOD_NEITHER requests that believes user memory to stand still. */
#include <ntddk.h>

#define CRATE_SIZE 128

typedef struct _CRATE_REQUEST {
	ULONG Length;
	ULONG Slot;
	UCHAR Data[1];
} CRATE_REQUEST, *PCRATE_REQUEST;

typedef struct _CRATE {
	UCHAR Data[CRATE_SIZE];
	ULONG Slots[8];
} CRATE, *PCRATE;

DRIVER_DISPATCH CrateControl;

/* trap: win-user-double-fetch read-once */
/* trap: win-user-double-fetch buffered-copy */
NTSTATUS CrateControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PCRATE crate = Device->DeviceExtension;
	PCRATE_REQUEST request = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	ULONG given = stack->Parameters.DeviceIoControl.InputBufferLength;
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		ProbeForRead(request, given, 1);
		if (given < sizeof(*request) || request->Length > CRATE_SIZE)
			ExRaiseStatus(STATUS_INVALID_PARAMETER);
		RtlCopyMemory(crate->Data, request->Data, request->Length); /* expect: win-user-double-fetch "request->Length" */
		if (request->Slot < 8) /* note: win-user-double-fetch "request->Slot" */
			crate->Slots[request->Slot] = 1; /* expect: win-user-double-fetch "request->Slot" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}
