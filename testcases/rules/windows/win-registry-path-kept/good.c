/* Drivers' entry points that copy the string, or need it only while they run. */
#include <ntddk.h>

#define TALLY_TAG 'llaT'

typedef struct _GLOBALS {
	UNICODE_STRING Path;
	PUNICODE_STRING PathPointer;
	USHORT Length;
	ULONG Limit;
} GLOBALS;

typedef struct _START {
	PUNICODE_STRING Path;
	ULONG Options;
} START;

static GLOBALS Globals;

DRIVER_INITIALIZE TallyEntry;
DRIVER_INITIALIZE TallyEntryCopy;
DRIVER_INITIALIZE TallyEntryLoad;
DRIVER_INITIALIZE TallyEntryLocal;
DRIVER_INITIALIZE TallyEntryNumbers;
DRIVER_INITIALIZE TallyEntryFails;
DRIVER_UNLOAD TallyUnload;

/* The right way. */
NTSTATUS TallyEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING RegistryPath)
{
	Globals.Path.MaximumLength = RegistryPath->Length + sizeof(WCHAR);
	Globals.Path.Buffer = ExAllocatePoolWithTag(PagedPool, Globals.Path.MaximumLength, TALLY_TAG);
	if (Globals.Path.Buffer == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	RtlCopyUnicodeString(&Globals.Path, RegistryPath);
	Driver->DriverUnload = TallyUnload;
	return STATUS_SUCCESS;
}

/* trap: win-registry-path-kept own-copy */
NTSTATUS TallyEntryCopy(PDRIVER_OBJECT Driver, PUNICODE_STRING RegistryPath)
{
	Globals.Path = *RegistryPath;
	Globals.Path.MaximumLength = RegistryPath->Length;
	Globals.Path.Buffer = ExAllocatePoolWithTag(PagedPool, RegistryPath->Length, TALLY_TAG);
	if (Globals.Path.Buffer == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	RtlCopyMemory(Globals.Path.Buffer, RegistryPath->Buffer, RegistryPath->Length);
	Driver->DriverUnload = TallyUnload;
	return STATUS_SUCCESS;
}

static VOID TallyReadLimit(VOID)
{
	if (Globals.PathPointer->Length > 64)
		Globals.Limit = 64;
}

/* trap: win-registry-path-kept during-load */
NTSTATUS TallyEntryLoad(PDRIVER_OBJECT Driver, PUNICODE_STRING RegistryPath)
{
	Globals.PathPointer = RegistryPath;
	TallyReadLimit();
	Globals.PathPointer = NULL;
	Driver->DriverUnload = TallyUnload;
	return STATUS_SUCCESS;
}

static VOID TallyStart(const START *Start)
{
	Globals.Limit = Start->Options + Start->Path->Length;
}

/* trap: win-registry-path-kept local-record */
NTSTATUS TallyEntryLocal(PDRIVER_OBJECT Driver, PUNICODE_STRING RegistryPath)
{
	UNICODE_STRING path = *RegistryPath;
	START start;

	start.Path = &path;
	start.Options = 0;
	TallyStart(&start);
	start.Path = RegistryPath;
	TallyStart(&start);
	Driver->DriverUnload = TallyUnload;
	return STATUS_SUCCESS;
}

/* trap: win-registry-path-kept numbers */
NTSTATUS TallyEntryNumbers(PDRIVER_OBJECT Driver, PUNICODE_STRING RegistryPath)
{
	Globals.Length = RegistryPath->Length;
	Globals.Limit = RegistryPath->Buffer[0];
	Driver->DriverUnload = TallyUnload;
	return STATUS_SUCCESS;
}

/* trap: win-registry-path-kept load-fails */
NTSTATUS TallyEntryFails(PDRIVER_OBJECT Driver, PUNICODE_STRING RegistryPath)
{
	Globals.PathPointer = RegistryPath;
	Driver->DriverUnload = TallyUnload;
	if (RegistryPath->Length > 512)
		return STATUS_NAME_TOO_LONG;
	TallyReadLimit();
	Globals.PathPointer = NULL;
	return STATUS_SUCCESS;
}

VOID TallyUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	if (Globals.Path.Buffer != NULL)
		ExFreePoolWithTag(Globals.Path.Buffer, TALLY_TAG);
}
