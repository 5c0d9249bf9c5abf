/* A device is created, and nothing sets an unload routine. */
#include <ntddk.h>

static PDEVICE_OBJECT AtticDevice;

DRIVER_INITIALIZE DriverEntry;

/* trap: win-unload-missing stays-loaded */
/* trap: win-unload-missing framework */
NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path) /* note: win-unload-missing "`DriverEntry` is called as driver-entry, at" */
{
	UNREFERENCED_PARAMETER(Path);
	return IoCreateDevice(Driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &AtticDevice); /* expect: win-unload-missing "IoCreateDevice" */
}
