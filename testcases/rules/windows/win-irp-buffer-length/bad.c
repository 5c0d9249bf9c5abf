/* A display driver whose requests are believed to have the right size. */
#include <ntddk.h>

#define PANEL_COLUMNS 16
#define IOCTL_PANEL_SET CTL_CODE(FILE_DEVICE_UNKNOWN, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_PANEL_GET CTL_CODE(FILE_DEVICE_UNKNOWN, 0x801, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_PANEL_NAME CTL_CODE(FILE_DEVICE_UNKNOWN, 0x802, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_PANEL_FILL CTL_CODE(FILE_DEVICE_UNKNOWN, 0x803, METHOD_BUFFERED, FILE_ANY_ACCESS)

typedef struct _PANEL_REQUEST {
	ULONG Column;
	ULONG Value;
} PANEL_REQUEST, *PPANEL_REQUEST;

typedef struct _PANEL {
	ULONG Columns[PANEL_COLUMNS];
	UCHAR Name[32];
} PANEL, *PPANEL;

DRIVER_INITIALIZE DriverEntry;

static NTSTATUS PanelFinish(PIRP Irp, NTSTATUS Status, ULONG_PTR Information)
{
	Irp->IoStatus.Status = Status;
	Irp->IoStatus.Information = Information;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return Status;
}

/* trap: win-irp-buffer-length tested-by-helper */
static void PanelFill(PPANEL Panel, PPANEL_REQUEST Request)
{
	ULONG i;

	for (i = 0; i < PANEL_COLUMNS; i++)
		Panel->Columns[i] = Request->Value;
}

/* trap: win-irp-buffer-length tested-in-switch */
static NTSTATUS PanelControl(PDEVICE_OBJECT DeviceObject, PIRP Irp) /* note: win-irp-buffer-length "`PanelControl` is called on behalf of user" */
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PPANEL panel = DeviceObject->DeviceExtension;
	PPANEL_REQUEST request = Irp->AssociatedIrp.SystemBuffer;
	ULONG length = stack->Parameters.DeviceIoControl.InputBufferLength;

	switch (stack->Parameters.DeviceIoControl.IoControlCode) {
	case IOCTL_PANEL_SET:
		if (length < sizeof(*request))
			return PanelFinish(Irp, STATUS_BUFFER_TOO_SMALL, 0);
		panel->Columns[request->Column] = request->Value; /* expect: win-irp-buffer-length "16 elements of Columns" */
		return PanelFinish(Irp, STATUS_SUCCESS, 0);
	case IOCTL_PANEL_GET:
		RtlCopyMemory(request, panel->Columns, sizeof(panel->Columns)); /* expect: win-irp-buffer-length "request" */
		return PanelFinish(Irp, STATUS_SUCCESS, sizeof(panel->Columns));
	case IOCTL_PANEL_NAME:
		if (length == 0)
			return PanelFinish(Irp, STATUS_INVALID_PARAMETER, 0);
		RtlCopyMemory(panel->Name, request, length); /* expect: win-irp-buffer-length "32 bytes of Name" */
		return PanelFinish(Irp, STATUS_SUCCESS, 0);
	case IOCTL_PANEL_FILL:
		PanelFill(panel, request); /* expect: win-irp-buffer-length "inside `PanelFill`" */
		return PanelFinish(Irp, STATUS_SUCCESS, 0);
	default:
		return PanelFinish(Irp, STATUS_INVALID_DEVICE_REQUEST, 0);
	}
}

/* trap: win-irp-buffer-length tested-at-start */
static NTSTATUS PanelWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PPANEL panel = DeviceObject->DeviceExtension;
	PPANEL_REQUEST request = Irp->AssociatedIrp.SystemBuffer;

	if (request->Column >= PANEL_COLUMNS) /* expect: win-irp-buffer-length "request" */
		return PanelFinish(Irp, STATUS_INVALID_PARAMETER, 0);
	panel->Columns[request->Column] = request->Value;
	return PanelFinish(Irp, STATUS_SUCCESS, sizeof(*request));
}

/* Mapped, whatever its length is. */
static NTSTATUS PanelRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PPANEL panel = DeviceObject->DeviceExtension;
	PULONG to = MmGetSystemAddressForMdlSafe(Irp->MdlAddress, NormalPagePriority | MdlMappingNoExecute);

	if (to == NULL)
		return PanelFinish(Irp, STATUS_INSUFFICIENT_RESOURCES, 0);
	to[0] = panel->Columns[0]; /* expect: win-irp-buffer-length "to" */
	to[1] = panel->Columns[1];
	return PanelFinish(Irp, STATUS_SUCCESS, 2 * sizeof(ULONG));
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	UNREFERENCED_PARAMETER(RegistryPath);
	DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = PanelControl;
	DriverObject->MajorFunction[IRP_MJ_WRITE] = PanelWrite;
	DriverObject->MajorFunction[IRP_MJ_READ] = PanelRead;
	return STATUS_SUCCESS;
}
