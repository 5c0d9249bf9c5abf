/* One reference taken, one dropped. */
#include <ntddk.h>

typedef struct _PIPE {
	PDEVICE_OBJECT Lower;
	PFILE_OBJECT LowerFile;
} PIPE, *PPIPE;

NTSTATUS PipeAsk(PUNICODE_STRING Name, PULONG Type)
{
	PFILE_OBJECT file;
	PDEVICE_OBJECT device;
	NTSTATUS status = IoGetDeviceObjectPointer(Name, FILE_READ_DATA, &file, &device);

	if (!NT_SUCCESS(status))
		return status; /* ok: win-devobj-ref-leak */
	*Type = device->DeviceType;
	ObDereferenceObject(file);
	return STATUS_SUCCESS; /* ok: win-devobj-ref-leak */
}

/* trap: win-devobj-ref-leak kept */
NTSTATUS PipeOpen(PPIPE Pipe, PUNICODE_STRING Name)
{
	PDEVICE_OBJECT device;
	NTSTATUS status = IoGetDeviceObjectPointer(Name, FILE_READ_DATA, &Pipe->LowerFile, &device);

	if (!NT_SUCCESS(status))
		return status;
	Pipe->Lower = device;
	return STATUS_SUCCESS; /* ok: win-devobj-ref-leak */
}

VOID PipeRemove(PPIPE Pipe)
{
	ObDereferenceObject(Pipe->LowerFile);
	Pipe->LowerFile = NULL;
}

/* trap: win-devobj-ref-leak own-reference */
NTSTATUS PipeProbe(PUNICODE_STRING Name)
{
	PFILE_OBJECT file;
	PDEVICE_OBJECT device;
	NTSTATUS status = IoGetDeviceObjectPointer(Name, FILE_ALL_ACCESS, &file, &device);

	if (!NT_SUCCESS(status))
		return status;
	ObReferenceObject(device);
	ObDereferenceObject(file);
	DbgPrint("type %x\n", device->DeviceType);
	ObDereferenceObject(device); /* ok: win-devobj-ref-leak */
	return STATUS_SUCCESS;
}
