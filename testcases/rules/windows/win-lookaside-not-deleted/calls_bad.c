/* The list is initialised by a helper, and stays when a later step fails. */
#include <ntddk.h>

static NPAGED_LOOKASIDE_LIST Nests;

static VOID NestInit(VOID)
{
	ExInitializeNPagedLookasideList(&Nests, NULL, NULL, 0, 64, 'tseN', 0);
}

static VOID NestExit(VOID)
{
	ExDeleteNPagedLookasideList(&Nests);
}

DRIVER_UNLOAD NestUnload;
DRIVER_INITIALIZE DriverEntry;

VOID NestUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	NestExit();
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	PDEVICE_OBJECT device;
	NTSTATUS status;

	UNREFERENCED_PARAMETER(Path);
	Driver->DriverUnload = NestUnload;
	NestInit(); /* note: win-lookaside-not-deleted "calls `NestInit`" */
	status = IoCreateDevice(Driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device);
	if (!NT_SUCCESS(status))
		return status; /* expect: win-lookaside-not-deleted "Nests" */
	IoDeleteDevice(device);
	return STATUS_SUCCESS;
}
