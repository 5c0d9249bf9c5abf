/* The same, with the devices deleted last. */
#include <ntddk.h>

#define LAMP_TAG 'pmaL'

typedef struct _LAMP_EXTENSION {
	PVOID Table;
	PDEVICE_OBJECT Lower;
	PDEVICE_OBJECT Self;
	UNICODE_STRING Link;
} LAMP_EXTENSION, *PLAMP_EXTENSION;

static PDEVICE_OBJECT LampDevice;

VOID LampUnload(PDRIVER_OBJECT Driver)
{
	PDEVICE_OBJECT device = Driver->DeviceObject;
	PLAMP_EXTENSION lamp = device->DeviceExtension;

	ExFreePoolWithTag(lamp->Table, LAMP_TAG);
	IoDeleteDevice(device);
}

/* trap: win-device-use-after-delete copied-before */
VOID LampUnloadCopied(PDRIVER_OBJECT Driver)
{
	PLAMP_EXTENSION lamp = Driver->DeviceObject->DeviceExtension;
	PVOID table = lamp->Table;

	IoDeleteDevice(Driver->DeviceObject);
	if (table)
		ExFreePoolWithTag(table, LAMP_TAG);
}

/* trap: win-device-use-after-delete next-saved */
VOID LampUnloadAll(PDRIVER_OBJECT Driver)
{
	PDEVICE_OBJECT device = Driver->DeviceObject, next;

	while (device) {
		PLAMP_EXTENSION lamp = device->DeviceExtension;

		next = device->NextDevice;
		IoDeleteSymbolicLink(&lamp->Link);
		IoDeleteDevice(device);
		device = next;
	}
}

/* the driver's list is read anew: its head is another one then */
VOID LampUnloadFirst(PDRIVER_OBJECT Driver)
{
	while (Driver->DeviceObject)
		IoDeleteDevice(Driver->DeviceObject);
}

NTSTATUS LampRemove(PDEVICE_OBJECT Device, PIRP Irp)
{
	PLAMP_EXTENSION lamp = Device->DeviceExtension;
	PDEVICE_OBJECT lower = lamp->Lower;
	NTSTATUS status;

	IoSkipCurrentIrpStackLocation(Irp);
	status = IoCallDriver(lower, Irp);
	IoDetachDevice(lower);
	IoDeleteDevice(Device);
	KdPrint(("device %p is gone\n", Device)); /* its address, no more */
	LampDevice = NULL;
	return status;
}

/* what the pointer is made to point to next is another device */
NTSTATUS LampRenew(PDRIVER_OBJECT Driver)
{
	PDEVICE_OBJECT device = LampDevice;
	NTSTATUS status;

	IoDeleteDevice(device);
	status = IoCreateDevice(Driver, sizeof(LAMP_EXTENSION), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device);
	if (!NT_SUCCESS(status))
		return status;
	device->Flags &= ~DO_DEVICE_INITIALIZING;
	LampDevice = device;
	return STATUS_SUCCESS;
}

NTSTATUS LampAdd(PDRIVER_OBJECT Driver, PDEVICE_OBJECT Below)
{
	PLAMP_EXTENSION lamp;
	PDEVICE_OBJECT device;
	NTSTATUS status;

	status = IoCreateDevice(Driver, sizeof(LAMP_EXTENSION), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device);
	if (!NT_SUCCESS(status))
		return status;
	lamp = device->DeviceExtension;
	lamp->Lower = IoAttachDeviceToDeviceStack(device, Below);
	if (!lamp->Lower) {
		IoDeleteDevice(device);
		return STATUS_NO_SUCH_DEVICE;
	}
	lamp->Self = device;
	device->Flags &= ~DO_DEVICE_INITIALIZING;
	return STATUS_SUCCESS;
}
