/* Drivers' entry points that keep the string they were given; as if each were a driver's own. */
#include <ntddk.h>

typedef struct _GLOBALS {
	UNICODE_STRING Path;
	PUNICODE_STRING PathPointer;
	PWSTR Buffer;
	USHORT Length;
	BOOLEAN Busy;
} GLOBALS;

typedef struct _TALLY {
	UNICODE_STRING Parameters;
	PDEVICE_OBJECT Self;
} TALLY, *PTALLY;

static GLOBALS Globals;
static PUNICODE_STRING SavedPath;

DRIVER_INITIALIZE TallyEntry;
DRIVER_INITIALIZE TallyEntryCopy;
DRIVER_INITIALIZE TallyEntryMove;
DRIVER_INITIALIZE TallyEntryBuffer;
DRIVER_INITIALIZE TallyEntryExtension;
DRIVER_INITIALIZE TallyEntryHelper;
DRIVER_UNLOAD TallyUnload;

/* trap: win-registry-path-kept during-load */
NTSTATUS TallyEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING RegistryPath)
{
	SavedPath = RegistryPath; /* expect: win-registry-path-kept "RegistryPath" */
	Driver->DriverUnload = TallyUnload;
	return STATUS_SUCCESS;
}

/* The record is copied, the text is not. */
/* trap: win-registry-path-kept own-copy */
NTSTATUS TallyEntryCopy(PDRIVER_OBJECT Driver, PUNICODE_STRING RegistryPath)
{
	Globals.Path = *RegistryPath; /* expect: win-registry-path-kept "RegistryPath" */
	Driver->DriverUnload = TallyUnload;
	return STATUS_SUCCESS;
}

/* trap: win-registry-path-kept local-record */
NTSTATUS TallyEntryMove(PDRIVER_OBJECT Driver, PUNICODE_STRING RegistryPath)
{
	RtlCopyMemory(&Globals.Path, RegistryPath, sizeof(UNICODE_STRING));
	Driver->DriverUnload = TallyUnload;
	return STATUS_SUCCESS; /* expect: win-registry-path-kept "RegistryPath" */
}

/* trap: win-registry-path-kept numbers */
NTSTATUS TallyEntryBuffer(PDRIVER_OBJECT Driver, PUNICODE_STRING RegistryPath)
{
	Globals.Length = RegistryPath->Length;
	Globals.Buffer = RegistryPath->Buffer; /* expect: win-registry-path-kept "RegistryPath" */
	Driver->DriverUnload = TallyUnload;
	return STATUS_SUCCESS;
}

/* The device stays when this succeeds. */
/* trap: win-registry-path-kept load-fails */
NTSTATUS TallyEntryExtension(PDRIVER_OBJECT Driver, PUNICODE_STRING RegistryPath)
{
	PDEVICE_OBJECT device;
	PTALLY tally;
	NTSTATUS status;

	Driver->DriverUnload = TallyUnload;
	status = IoCreateDevice(Driver, sizeof(TALLY), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device);
	if (!NT_SUCCESS(status)) /* note: win-registry-path-kept "`status >= 0` is true" */
		return status;
	tally = device->DeviceExtension;
	tally->Self = device;
	tally->Parameters.Length = RegistryPath->Length;
	tally->Parameters.Buffer = RegistryPath->Buffer; /* expect: win-registry-path-kept "RegistryPath" */
	device->Flags &= ~DO_DEVICE_INITIALIZING;
	return STATUS_SUCCESS;
}

static VOID TallyRemember(PUNICODE_STRING Path)
{
	Globals.PathPointer = Path;
}

NTSTATUS TallyEntryHelper(PDRIVER_OBJECT Driver, PUNICODE_STRING RegistryPath)
{
	Driver->DriverUnload = TallyUnload;
	TallyRemember(RegistryPath);
	return STATUS_SUCCESS; /* expect: win-registry-path-kept "RegistryPath" */
}

VOID TallyUnload(PDRIVER_OBJECT Driver)
{
	while (Driver->DeviceObject != NULL)
		IoDeleteDevice(Driver->DeviceObject);
	DbgPrint("tally of %wZ ends\n", SavedPath);
}
