/* Known limits: an extension that a function of the driver finds for the device, as bus drivers' CONTAINING_RECORD does. */
#include <ntddk.h>

struct port {
	BOOLEAN is_function;
};

struct lamp {
	struct port port;
	LIST_ENTRY waiting;
	LONG users;
};

static struct port *PortOf(PDEVICE_OBJECT device)
{
	return *(struct port **)device->DeviceExtension;
}

static struct lamp *LampOf(PDEVICE_OBJECT device)
{
	return CONTAINING_RECORD(PortOf(device), struct lamp, port);
}

NTSTATUS LampRemove(PDEVICE_OBJECT device, PIRP irp)
{
	struct lamp *lamp = LampOf(device);

	IoDeleteDevice(device);
	lamp->users = 0; /* todo-expect: win-device-use-after-delete */
	irp->IoStatus.Status = STATUS_SUCCESS;
	IoCompleteRequest(irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}
