/* Deleted on later failures, and in unload or remove. */
#include <ntddk.h>

typedef struct _LAMP {
	PDEVICE_OBJECT Lower;
	PDEVICE_OBJECT Child;
	PVOID Table;
} LAMP, *PLAMP;

#define LAMP_TAG 'pmaL'

static UNICODE_STRING LampName = RTL_CONSTANT_STRING(L"\\Device\\Lamp");
static UNICODE_STRING LampLink = RTL_CONSTANT_STRING(L"\\DosDevices\\Lamp");
static PDEVICE_OBJECT LampDevice;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD LampUnload;
DRIVER_ADD_DEVICE LampAddDevice;
DRIVER_DISPATCH LampPnp;

/* Trap: on success the device belongs to the stack, and a plug-and-play request deletes it. */
/* trap: win-device-leak pnp-remove */
NTSTATUS LampAddDevice(PDRIVER_OBJECT Driver, PDEVICE_OBJECT Pdo)
{
	PDEVICE_OBJECT device;
	NTSTATUS status;
	PLAMP lamp;

	status = IoCreateDevice(Driver, sizeof(LAMP), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device);
	if (!NT_SUCCESS(status))
		return status; /* ok: win-device-leak */
	lamp = device->DeviceExtension;
	lamp->Lower = IoAttachDeviceToDeviceStack(device, Pdo);
	if (lamp->Lower == NULL) {
		IoDeleteDevice(device);
		return STATUS_NO_SUCH_DEVICE; /* ok: win-device-leak */
	}
	device->Flags &= ~DO_DEVICE_INITIALIZING;
	return STATUS_SUCCESS; /* ok: win-device-leak */
}

NTSTATUS LampPnp(PDEVICE_OBJECT Device, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	PLAMP lamp = Device->DeviceExtension;
	UCHAR minor = stack->MinorFunction;
	PDEVICE_OBJECT lower = lamp->Lower;
	NTSTATUS status;

	if (minor == IRP_MN_REMOVE_DEVICE)
		Irp->IoStatus.Status = STATUS_SUCCESS;
	IoSkipCurrentIrpStackLocation(Irp);
	status = IoCallDriver(lower, Irp);
	if (minor == IRP_MN_REMOVE_DEVICE) {
		IoDetachDevice(lower);
		IoDeleteDevice(Device);
	}
	return status;
}

NTSTATUS LampAddWithTable(PDRIVER_OBJECT Driver, PDEVICE_OBJECT Pdo)
{
	PDEVICE_OBJECT device;
	NTSTATUS status;
	PLAMP lamp;

	status = IoCreateDevice(Driver, sizeof(LAMP), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device);
	if (!NT_SUCCESS(status))
		return status;
	lamp = device->DeviceExtension;
	lamp->Table = ExAllocatePool2(POOL_FLAG_NON_PAGED, 512, LAMP_TAG);
	if (lamp->Table == NULL) {
		status = STATUS_INSUFFICIENT_RESOURCES;
		goto DeleteDevice;
	}
	lamp->Lower = IoAttachDeviceToDeviceStack(device, Pdo);
	if (lamp->Lower == NULL) {
		status = STATUS_NO_SUCH_DEVICE;
		goto FreeTable;
	}
	device->Flags &= ~DO_DEVICE_INITIALIZING;
	return STATUS_SUCCESS; /* ok: win-device-leak */
FreeTable:
	ExFreePoolWithTag(lamp->Table, LAMP_TAG);
DeleteDevice:
	IoDeleteDevice(device);
	return status; /* ok: win-device-leak */
}

/* Trap: kept in the extension of another device, even though a later step fails. */
/* trap: win-device-leak kept */
NTSTATUS LampAddChild(PDRIVER_OBJECT Driver, PLAMP Lamp)
{
	NTSTATUS status;

	status = IoCreateDevice(Driver, sizeof(LAMP), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &Lamp->Child);
	if (!NT_SUCCESS(status))
		return status;
	Lamp->Child->Flags &= ~DO_DEVICE_INITIALIZING;
	Lamp->Table = ExAllocatePool2(POOL_FLAG_NON_PAGED, 512, LAMP_TAG);
	if (Lamp->Table == NULL)
		return STATUS_INSUFFICIENT_RESOURCES; /* ok: win-device-leak */
	return STATUS_SUCCESS;
}

/* Trap: the unload routine deletes whatever is on the driver's list. */
/* trap: win-device-leak unload-walks */
VOID LampUnload(PDRIVER_OBJECT Driver)
{
	PDEVICE_OBJECT device, next;

	IoDeleteSymbolicLink(&LampLink);
	for (device = Driver->DeviceObject; device != NULL; device = next) {
		next = device->NextDevice;
		IoDeleteDevice(device);
	}
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING RegistryPath)
{
	NTSTATUS status;

	UNREFERENCED_PARAMETER(RegistryPath);
	Driver->DriverUnload = LampUnload;
	Driver->DriverExtension->AddDevice = LampAddDevice;
	Driver->MajorFunction[IRP_MJ_PNP] = LampPnp;
	status = IoCreateDevice(Driver, 0, &LampName, FILE_DEVICE_UNKNOWN, FILE_DEVICE_SECURE_OPEN, FALSE, &LampDevice); /* ok: win-device-leak */
	if (!NT_SUCCESS(status))
		return status; /* ok: win-device-leak */
	status = IoCreateSymbolicLink(&LampLink, &LampName);
	if (!NT_SUCCESS(status)) {
		IoDeleteDevice(LampDevice);
		return status; /* ok: win-device-leak */
	}
	return STATUS_SUCCESS; /* ok: win-device-leak */
}
