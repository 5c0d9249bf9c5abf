/* Device objects that outlive the failure of the routine that made them. */
#include <ntddk.h>

typedef struct _LAMP {
	PDEVICE_OBJECT Lower;
	PDEVICE_OBJECT Pdo;
	PVOID Table;
	UNICODE_STRING Interface;
} LAMP, *PLAMP;

#define LAMP_TAG 'pmaL'

static const GUID LampInterface = { 0x3d2a7c10, 0x51b4, 0x4e0f, { 1, 2, 3, 4, 5, 6, 7, 8 } };

DRIVER_ADD_DEVICE LampAddDevice;

/* The attachment fails and the device stays. */
/* trap: win-device-leak pnp-remove */
NTSTATUS LampAddDevice(PDRIVER_OBJECT Driver, PDEVICE_OBJECT Pdo)
{
	PDEVICE_OBJECT device;
	NTSTATUS status;
	PLAMP lamp;

	status = IoCreateDevice(Driver, sizeof(LAMP), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device); /* note: win-device-leak "device" */
	if (!NT_SUCCESS(status))
		return status;
	lamp = device->DeviceExtension;
	lamp->Pdo = Pdo;
	lamp->Lower = IoAttachDeviceToDeviceStack(device, Pdo);
	if (lamp->Lower == NULL)
		return STATUS_NO_SUCH_DEVICE; /* expect: win-device-leak "device" */
	device->Flags &= ~DO_DEVICE_INITIALIZING;
	return STATUS_SUCCESS;
}

/* The link fails and the device stays. */
/* trap: win-device-leak unload-walks */
NTSTATUS LampCreateControl(PDRIVER_OBJECT Driver, PUNICODE_STRING Name, PUNICODE_STRING Link, PDEVICE_OBJECT *Out)
{
	PDEVICE_OBJECT control;
	NTSTATUS status;

	status = IoCreateDevice(Driver, 0, Name, FILE_DEVICE_UNKNOWN, 0, FALSE, &control); /* note: win-device-leak "control" */
	if (!NT_SUCCESS(status))
		return status;
	control->Flags &= ~DO_DEVICE_INITIALIZING;
	status = IoCreateSymbolicLink(Link, Name);
	if (!NT_SUCCESS(status))
		return status; /* expect: win-device-leak "control" */
	*Out = control;
	return STATUS_SUCCESS;
}

/* The label of the ladder is one too low. */
NTSTATUS LampAddWithTable(PDRIVER_OBJECT Driver, PDEVICE_OBJECT Pdo)
{
	PDEVICE_OBJECT device;
	NTSTATUS status;
	PLAMP lamp;

	status = IoCreateDevice(Driver, sizeof(LAMP), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device); /* note: win-device-leak "device" */
	if (!NT_SUCCESS(status))
		return status;
	lamp = device->DeviceExtension;
	lamp->Table = ExAllocatePool2(POOL_FLAG_NON_PAGED, 512, LAMP_TAG);
	if (lamp->Table == NULL) {
		status = STATUS_INSUFFICIENT_RESOURCES;
		goto Exit;
	}
	lamp->Lower = IoAttachDeviceToDeviceStack(device, Pdo);
	if (lamp->Lower == NULL) {
		status = STATUS_NO_SUCH_DEVICE;
		goto FreeTable;
	}
	device->Flags &= ~DO_DEVICE_INITIALIZING;
	return STATUS_SUCCESS;
FreeTable:
	ExFreePoolWithTag(lamp->Table, LAMP_TAG);
	IoDeleteDevice(device);
Exit:
	return status; /* expect: win-device-leak "device" */
}

/* The second device fails and the first one is forgotten. */
/* trap: win-device-leak kept */
NTSTATUS LampCreatePair(PDRIVER_OBJECT Driver, PDEVICE_OBJECT *Left, PDEVICE_OBJECT *Right)
{
	PDEVICE_OBJECT first, second;
	NTSTATUS status;

	status = IoCreateDevice(Driver, sizeof(LAMP), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &first); /* note: win-device-leak "first" */
	if (!NT_SUCCESS(status))
		return status;
	first->Flags &= ~DO_DEVICE_INITIALIZING;
	status = IoCreateDevice(Driver, sizeof(LAMP), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &second);
	if (!NT_SUCCESS(status))
		return status; /* expect: win-device-leak "first" */
	second->Flags &= ~DO_DEVICE_INITIALIZING;
	*Left = first;
	*Right = second;
	return STATUS_SUCCESS;
}

/* Detached on the error path, but not deleted. */
NTSTATUS LampAddInterface(PDRIVER_OBJECT Driver, PDEVICE_OBJECT Pdo)
{
	PDEVICE_OBJECT device;
	NTSTATUS status;
	PLAMP lamp;

	status = IoCreateDevice(Driver, sizeof(LAMP), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device); /* note: win-device-leak "device" */
	if (!NT_SUCCESS(status))
		return status;
	lamp = device->DeviceExtension;
	lamp->Lower = IoAttachDeviceToDeviceStack(device, Pdo);
	if (lamp->Lower == NULL) {
		IoDeleteDevice(device);
		return STATUS_NO_SUCH_DEVICE;
	}
	status = IoRegisterDeviceInterface(Pdo, &LampInterface, NULL, &lamp->Interface);
	if (!NT_SUCCESS(status)) {
		IoDetachDevice(lamp->Lower);
		return status; /* expect: win-device-leak "device" */
	}
	device->Flags &= ~DO_DEVICE_INITIALIZING;
	return STATUS_SUCCESS;
}
