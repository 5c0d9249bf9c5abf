/* Said once, where the helper returns: not again by those who call it. */
#include <ntddk.h>

static NTSTATUS GateCreate(PDRIVER_OBJECT Driver, PDEVICE_OBJECT *Result)
{
	PDEVICE_OBJECT device;
	NTSTATUS status = IoCreateDevice(Driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device);

	if (!NT_SUCCESS(status))
		return status;
	device->Flags &= ~DO_DEVICE_INITIALIZING;
	*Result = device;
	return status; /* ok: win-devinit-flag */
}

DRIVER_ADD_DEVICE GateAdd;

NTSTATUS GateAdd(PDRIVER_OBJECT Driver, PDEVICE_OBJECT Lower)
{
	PDEVICE_OBJECT device;
	NTSTATUS status = GateCreate(Driver, &device);

	if (NT_SUCCESS(status) && !IoAttachDeviceToDeviceStack(device, Lower)) {
		IoDeleteDevice(device);
		status = STATUS_NO_SUCH_DEVICE;
	}
	return status; /* ok: win-devinit-flag */
}
