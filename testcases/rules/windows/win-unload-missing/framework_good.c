/* The port driver sets the routine when the miniport registers with it. */
#include <ntddk.h>

typedef struct _ATTIC_ENTRY_POINTS {
	ULONG Version;
	PDRIVER_UNLOAD Unload;
} ATTIC_ENTRY_POINTS, *PATTIC_ENTRY_POINTS;

NTSTATUS AtticPortInitialize(PDRIVER_OBJECT Driver, PUNICODE_STRING Path, PATTIC_ENTRY_POINTS Points);

static PDEVICE_OBJECT AtticDevice;

static VOID AtticUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	IoDeleteDevice(AtticDevice);
}

DRIVER_INITIALIZE DriverEntry;

/* trap: win-unload-missing framework */
NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	ATTIC_ENTRY_POINTS points = { 1, AtticUnload };
	NTSTATUS status = AtticPortInitialize(Driver, Path, &points);

	if (!NT_SUCCESS(status))
		return status;
	return IoCreateDevice(Driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &AtticDevice); /* ok: win-unload-missing */
}
