/* Contiguous memory that the unload routine forgets. */
#include <ntddk.h>

static PVOID RailArea;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD RailUnload;

VOID RailUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	RailArea = NULL;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING RegistryPath)
{
	PHYSICAL_ADDRESS highest;

	UNREFERENCED_PARAMETER(RegistryPath);
	Driver->DriverUnload = RailUnload;
	highest.QuadPart = 0xFFFFFFFF;
	RailArea = MmAllocateContiguousMemory(PAGE_SIZE, highest); /* expect: win-contig-leak "RailArea" */
	if (RailArea == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	return STATUS_SUCCESS;
}
