/* The timer of the device is never stopped. */
#include <ntddk.h>

IO_TIMER_ROUTINE MetronomeTick;
DRIVER_UNLOAD MetronomeUnload;

VOID MetronomeTick(PDEVICE_OBJECT Device, PVOID Context)
{
	UNREFERENCED_PARAMETER(Device);
	InterlockedIncrement((LONG *)Context);
}

VOID MetronomeUnload(PDRIVER_OBJECT Driver)
{
	IoDeleteDevice(Driver->DeviceObject);
}

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	PDEVICE_OBJECT device;
	NTSTATUS status;

	UNREFERENCED_PARAMETER(Path);
	status = IoCreateDevice(Driver, sizeof(LONG), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device);
	if (!NT_SUCCESS(status))
		return status;
	IoInitializeTimer(device, MetronomeTick, device->DeviceExtension);
	IoStartTimer(device); /* expect: win-dpc-timer-teardown "nothing in the driver ever stops it" */
	Driver->DriverUnload = MetronomeUnload;
	return STATUS_SUCCESS;
}
