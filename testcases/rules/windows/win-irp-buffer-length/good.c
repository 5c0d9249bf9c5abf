/* A display driver that looks at the length of each request first. */
#include <ntddk.h>

#define BOARD_COLUMNS 16
#define IOCTL_BOARD_SET CTL_CODE(FILE_DEVICE_UNKNOWN, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_BOARD_GET CTL_CODE(FILE_DEVICE_UNKNOWN, 0x801, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_BOARD_NAME CTL_CODE(FILE_DEVICE_UNKNOWN, 0x802, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_BOARD_FILL CTL_CODE(FILE_DEVICE_UNKNOWN, 0x803, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_BOARD_PART CTL_CODE(FILE_DEVICE_UNKNOWN, 0x804, METHOD_BUFFERED, FILE_ANY_ACCESS)

typedef struct _BOARD_REQUEST {
	ULONG Column;
	ULONG Value;
} BOARD_REQUEST, *PBOARD_REQUEST;

typedef struct _BOARD {
	ULONG Columns[BOARD_COLUMNS];
	UCHAR Name[32];
} BOARD, *PBOARD;

DRIVER_INITIALIZE DriverEntry;

static NTSTATUS BoardFinish(PIRP Irp, NTSTATUS Status, ULONG_PTR Information)
{
	Irp->IoStatus.Status = Status;
	Irp->IoStatus.Information = Information;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return Status;
}

/* trap: win-irp-buffer-length tested-by-helper */
static NTSTATUS BoardFill(PBOARD Board, PBOARD_REQUEST Request, ULONG Length)
{
	ULONG i;

	if (Length < sizeof(*Request))
		return STATUS_BUFFER_TOO_SMALL;
	for (i = 0; i < BOARD_COLUMNS; i++)
		Board->Columns[i] = Request->Value;
	return STATUS_SUCCESS;
}

static BOOLEAN BoardFits(PIRP Irp, SIZE_T Size)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);

	return stack->Parameters.DeviceIoControl.OutputBufferLength >= Size;
}

/* trap: win-irp-buffer-length tested-in-switch */
static NTSTATUS BoardControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PBOARD board = DeviceObject->DeviceExtension;
	PBOARD_REQUEST request = Irp->AssociatedIrp.SystemBuffer;
	ULONG length = stack->Parameters.DeviceIoControl.InputBufferLength;
	ULONG needed = 0;

	switch (stack->Parameters.DeviceIoControl.IoControlCode) {
	case IOCTL_BOARD_SET:
		if (length < sizeof(*request) || request->Column >= BOARD_COLUMNS)
			return BoardFinish(Irp, STATUS_INVALID_PARAMETER, 0);
		board->Columns[request->Column] = request->Value;
		return BoardFinish(Irp, STATUS_SUCCESS, 0);
	case IOCTL_BOARD_GET:
		if (!BoardFits(Irp, sizeof(board->Columns)))
			return BoardFinish(Irp, STATUS_BUFFER_TOO_SMALL, 0);
		RtlCopyMemory(request, board->Columns, sizeof(board->Columns));
		return BoardFinish(Irp, STATUS_SUCCESS, sizeof(board->Columns));
	case IOCTL_BOARD_NAME:
		if (length > sizeof(board->Name))
			length = sizeof(board->Name);
		RtlCopyMemory(board->Name, request, length);
		return BoardFinish(Irp, STATUS_SUCCESS, 0);
	case IOCTL_BOARD_FILL:
		return BoardFinish(Irp, BoardFill(board, request, length), 0);
	case IOCTL_BOARD_PART:
		needed = sizeof(*request);
		break;
	default:
		return BoardFinish(Irp, STATUS_INVALID_DEVICE_REQUEST, 0);
	}
	if (length < needed)
		return BoardFinish(Irp, STATUS_BUFFER_TOO_SMALL, 0);
	board->Columns[0] = request->Value;
	return BoardFinish(Irp, STATUS_SUCCESS, 0);
}

/* trap: win-irp-buffer-length tested-at-start */
static NTSTATUS BoardWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PBOARD board = DeviceObject->DeviceExtension;
	PBOARD_REQUEST request = Irp->AssociatedIrp.SystemBuffer;

	if (stack->Parameters.Write.Length != sizeof(*request))
		return BoardFinish(Irp, STATUS_INVALID_BUFFER_SIZE, 0);
	if (request->Column >= BOARD_COLUMNS)
		return BoardFinish(Irp, STATUS_INVALID_PARAMETER, 0);
	board->Columns[request->Column] = request->Value;
	return BoardFinish(Irp, STATUS_SUCCESS, sizeof(*request));
}

static NTSTATUS BoardRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PBOARD board = DeviceObject->DeviceExtension;
	PULONG to = MmGetSystemAddressForMdlSafe(Irp->MdlAddress, NormalPagePriority | MdlMappingNoExecute);

	if (to == NULL)
		return BoardFinish(Irp, STATUS_INSUFFICIENT_RESOURCES, 0);
	if (MmGetMdlByteCount(Irp->MdlAddress) < sizeof(ULONG))
		return BoardFinish(Irp, STATUS_BUFFER_TOO_SMALL, 0);
	to[0] = board->Columns[0];
	return BoardFinish(Irp, STATUS_SUCCESS, sizeof(ULONG));
}

/* As many bytes as the request has. */
static NTSTATUS BoardClear(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);

	UNREFERENCED_PARAMETER(DeviceObject);
	RtlZeroMemory(Irp->AssociatedIrp.SystemBuffer, stack->Parameters.QueryFile.Length);
	return BoardFinish(Irp, STATUS_SUCCESS, stack->Parameters.QueryFile.Length);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	UNREFERENCED_PARAMETER(RegistryPath);
	DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = BoardControl;
	DriverObject->MajorFunction[IRP_MJ_WRITE] = BoardWrite;
	DriverObject->MajorFunction[IRP_MJ_READ] = BoardRead;
	DriverObject->MajorFunction[IRP_MJ_QUERY_INFORMATION] = BoardClear;
	return STATUS_SUCCESS;
}
