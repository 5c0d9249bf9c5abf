/* References of file objects lost, and of devices dropped that nobody took. */
#include <ntddk.h>

typedef struct _PIPE {
	PDEVICE_OBJECT Lower;
	PFILE_OBJECT LowerFile;
} PIPE, *PPIPE;

NTSTATUS PipeAsk(PUNICODE_STRING Name, PULONG Type)
{
	PFILE_OBJECT file;
	PDEVICE_OBJECT device;
	NTSTATUS status = IoGetDeviceObjectPointer(Name, FILE_READ_DATA, &file, &device); /* note: win-devobj-ref-leak "file" */

	if (!NT_SUCCESS(status))
		return status;
	*Type = device->DeviceType;
	return STATUS_SUCCESS; /* expect: win-devobj-ref-leak "file" */
}

/* trap: win-devobj-ref-leak kept
 * On the failing path nobody keeps it. */
NTSTATUS PipeOpen(PPIPE Pipe, PUNICODE_STRING Name)
{
	PFILE_OBJECT file;
	PDEVICE_OBJECT device;
	NTSTATUS status = IoGetDeviceObjectPointer(Name, FILE_READ_DATA, &file, &device);

	if (!NT_SUCCESS(status))
		return status;
	if (device->StackSize > 8)
		return STATUS_NOT_SUPPORTED; /* expect: win-devobj-ref-leak "file" */
	Pipe->Lower = device;
	Pipe->LowerFile = file;
	return STATUS_SUCCESS;
}

/* trap: win-devobj-ref-leak own-reference
 * No reference of the device was taken. */
NTSTATUS PipeProbe(PUNICODE_STRING Name)
{
	PFILE_OBJECT file;
	PDEVICE_OBJECT device;
	NTSTATUS status = IoGetDeviceObjectPointer(Name, FILE_ALL_ACCESS, &file, &device); /* note: win-devobj-ref-leak "device" */

	if (!NT_SUCCESS(status))
		return status;
	DbgPrint("type %x\n", device->DeviceType);
	ObDereferenceObject(device); /* expect: win-devobj-ref-leak "device holds no reference" */
	return STATUS_SUCCESS; /* expect: win-devobj-ref-leak "file" */
}
