/* Created by functions that call each other, with an unload routine. */
#include <ntddk.h>

static PDEVICE_OBJECT AtticDevice;

static VOID AtticUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	IoDeleteDevice(AtticDevice);
}

static NTSTATUS AtticRetry(PDRIVER_OBJECT Driver, ULONG Rest);

static NTSTATUS AtticTry(PDRIVER_OBJECT Driver, ULONG Rest)
{
	NTSTATUS status = IoCreateDevice(Driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &AtticDevice); /* ok: win-unload-missing */

	if (NT_SUCCESS(status) || Rest == 0)
		return status;
	return AtticRetry(Driver, Rest);
}

static NTSTATUS AtticRetry(PDRIVER_OBJECT Driver, ULONG Rest)
{
	return AtticTry(Driver, Rest - 1);
}

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	UNREFERENCED_PARAMETER(Path);
	Driver->DriverUnload = AtticUnload;
	return AtticTry(Driver, 3);
}
