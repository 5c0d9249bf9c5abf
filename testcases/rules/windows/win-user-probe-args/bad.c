/* Probes that let the wrong addresses pass. */
#include <ntddk.h>

typedef struct _CHEST {
	UCHAR Label[32];
	ULONG Weight;
} CHEST, *PCHEST;

typedef struct _CHEST_NOTE {
	ULONG First, Second, Third;
} CHEST_NOTE, *PCHEST_NOTE;

DRIVER_DISPATCH ChestRead;
DRIVER_DISPATCH ChestControl;

/* trap: win-user-probe-args length-variable */
NTSTATUS ChestRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PCHEST chest = Device->DeviceExtension;
	PUCHAR to = Irp->UserBuffer;
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		ProbeForWrite(to, 0, 1); /* expect: win-user-probe-args "length 0" */
		RtlCopyMemory(to, chest->Label, sizeof(chest->Label));
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

/* trap: win-user-probe-args size-as-alignment */
NTSTATUS ChestControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PCHEST chest = Device->DeviceExtension;
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PCHEST_NOTE note = stack->Parameters.DeviceIoControl.Type3InputBuffer;
	PULONG to = Irp->UserBuffer;
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		ProbeForRead(note, sizeof(*note), sizeof(*note)); /* expect: win-user-probe-args "alignment" */
		chest->Weight = note->First;
		ProbeForRead(to, sizeof(*to), sizeof(*to)); /* note: win-user-probe-args "for reading only" */
		*to = chest->Weight; /* expect: win-user-probe-args "probed for reading only" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}
