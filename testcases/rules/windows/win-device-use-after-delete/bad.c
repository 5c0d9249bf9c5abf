/* Devices deleted too early in the routine that takes them down. */
#include <ntddk.h>

#define LAMP_TAG 'pmaL'

typedef struct _LAMP_EXTENSION {
	PVOID Table;
	PDEVICE_OBJECT Lower;
	UNICODE_STRING Link;
	LONG Users;
} LAMP_EXTENSION, *PLAMP_EXTENSION;

/* trap: win-device-use-after-delete copied-before */
VOID LampUnload(PDRIVER_OBJECT Driver)
{
	PDEVICE_OBJECT device = Driver->DeviceObject;
	PLAMP_EXTENSION lamp = device->DeviceExtension;

	IoDeleteDevice(device);
	ExFreePoolWithTag(lamp->Table, LAMP_TAG); /* expect: win-device-use-after-delete "extension of device" */
}

/* the name of the link lies in the extension, too */
VOID LampUnloadLink(PDRIVER_OBJECT Driver)
{
	PLAMP_EXTENSION lamp = Driver->DeviceObject->DeviceExtension;

	IoDeleteDevice(Driver->DeviceObject);
	IoDeleteSymbolicLink(&lamp->Link); /* expect: win-device-use-after-delete "extension of Driver->DeviceObject" */
}

/* trap: win-device-use-after-delete next-saved */
VOID LampUnloadAll(PDRIVER_OBJECT Driver)
{
	PDEVICE_OBJECT device;

	for (device = Driver->DeviceObject; device; device = device->NextDevice) /* expect: win-device-use-after-delete "device" */
		IoDeleteDevice(device);
}

NTSTATUS LampRemove(PDEVICE_OBJECT Device, PIRP Irp)
{
	PLAMP_EXTENSION lamp = Device->DeviceExtension;
	PDEVICE_OBJECT lower = lamp->Lower;

	IoSkipCurrentIrpStackLocation(Irp);
	IoDetachDevice(lower);
	IoDeleteDevice(Device);
	Device->Flags |= DO_DEVICE_INITIALIZING; /* expect: win-device-use-after-delete "Device" */
	return IoCallDriver(lower, Irp);
}

static void LampDrop(PDEVICE_OBJECT Device)
{
	if (Device)
		IoDeleteDevice(Device);
}

/* by way of a helper */
VOID LampUnloadHelped(PDRIVER_OBJECT Driver)
{
	PDEVICE_OBJECT device = Driver->DeviceObject;

	LampDrop(device);
	if (device && device->AttachedDevice) /* expect: win-device-use-after-delete "device" */
		KdPrint(("still attached\n"));
}

VOID LampUnloadTwice(PDRIVER_OBJECT Driver)
{
	PDEVICE_OBJECT device = Driver->DeviceObject;

	IoDeleteDevice(device);
	IoDeleteDevice(device); /* expect: win-device-use-after-delete "second time" */
}

/* the extension was read before a call that is given the device */
VOID LampQuiet(PDEVICE_OBJECT Device);

VOID LampQuietAndDrop(PDEVICE_OBJECT Device)
{
	PLAMP_EXTENSION lamp = Device->DeviceExtension;

	LampQuiet(Device);
	IoDeleteDevice(Device);
	lamp->Users = 0; /* expect: win-device-use-after-delete */
}

NTSTATUS LampForward(PDEVICE_OBJECT Device, PIRP Irp)
{
	PLAMP_EXTENSION lamp = Device->DeviceExtension;
	NTSTATUS status;

	IoSkipCurrentIrpStackLocation(Irp);
	status = IoCallDriver(lamp->Lower, Irp);
	IoDetachDevice(lamp->Lower);
	IoDeleteDevice(Device);
	lamp->Users = 0; /* expect: win-device-use-after-delete */
	return status;
}
