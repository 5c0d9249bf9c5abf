/* Contiguous memory freed on every path, or kept where another routine frees it. */
#include <ntddk.h>

typedef struct _RAIL_EXTENSION {
	PVOID Ring;
	PVOID Descriptors;
	SIZE_T Length;
} RAIL_EXTENSION, *PRAIL_EXTENSION;

static PVOID RailArea;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD RailUnload;

NTSTATUS RailTest(SIZE_T Length, PULONG Result)
{
	PHYSICAL_ADDRESS highest;
	PULONG area;

	if (Length < sizeof(ULONG))
		return STATUS_BUFFER_TOO_SMALL;
	highest.QuadPart = 0xFFFFFFFF;
	area = MmAllocateContiguousMemory(Length, highest);
	if (area == NULL)
		return STATUS_INSUFFICIENT_RESOURCES; /* ok: win-contig-leak */
	*Result = area[0];
	MmFreeContiguousMemory(area);
	return STATUS_SUCCESS; /* ok: win-contig-leak */
}

/* Trap: the device extension keeps it; stop frees it. */
/* trap: win-contig-leak kept-in-extension */
NTSTATUS RailStart(PDEVICE_OBJECT Device)
{
	PRAIL_EXTENSION ext = Device->DeviceExtension;
	PHYSICAL_ADDRESS lowest, highest, boundary;

	lowest.QuadPart = 0;
	highest.QuadPart = 0xFFFFFFFF;
	boundary.QuadPart = 0;
	ext->Ring = MmAllocateContiguousMemorySpecifyCache(ext->Length, lowest, highest, boundary, MmNonCached);
	if (ext->Ring == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	ext->Descriptors = MmAllocateContiguousMemorySpecifyCache(PAGE_SIZE, lowest, highest, boundary, MmNonCached);
	if (ext->Descriptors == NULL) {
		MmFreeContiguousMemorySpecifyCache(ext->Ring, ext->Length, MmNonCached);
		ext->Ring = NULL;
		return STATUS_INSUFFICIENT_RESOURCES; /* ok: win-contig-leak */
	}
	return STATUS_SUCCESS; /* ok: win-contig-leak */
}

VOID RailStop(PRAIL_EXTENSION Ext)
{
	MmFreeContiguousMemorySpecifyCache(Ext->Descriptors, PAGE_SIZE, MmNonCached);
	MmFreeContiguousMemorySpecifyCache(Ext->Ring, Ext->Length, MmNonCached);
	Ext->Descriptors = NULL;
	Ext->Ring = NULL;
}

NTSTATUS RailCheck(SIZE_T Length, ULONG Pattern)
{
	NTSTATUS status = STATUS_SUCCESS;
	PHYSICAL_ADDRESS highest;
	PULONG area;

	highest.QuadPart = 0xFFFFFF;
	area = MmAllocateContiguousMemory(Length, highest);
	if (area == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	area[0] = Pattern;
	if (Pattern == 0) {
		status = STATUS_INVALID_PARAMETER;
		goto Free;
	}
	area[0] = ~Pattern;
Free:
	MmFreeContiguousMemory(area);
	return status; /* ok: win-contig-leak */
}

/* Trap: kept in a global variable, which the unload routine frees. */
VOID RailUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	MmFreeContiguousMemory(RailArea);
}

/* trap: win-contig-leak kept-in-global */
NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING RegistryPath)
{
	PHYSICAL_ADDRESS highest;

	UNREFERENCED_PARAMETER(RegistryPath);
	Driver->DriverUnload = RailUnload;
	highest.QuadPart = 0xFFFFFFFF;
	RailArea = MmAllocateContiguousMemory(PAGE_SIZE, highest); /* ok: win-contig-leak */
	if (RailArea == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	return STATUS_SUCCESS; /* ok: win-contig-leak */
}
