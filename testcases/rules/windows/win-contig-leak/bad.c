/* Physically contiguous memory that is never given back. */
#include <ntddk.h>

typedef struct _RAIL {
	PVOID Ring;
	PVOID Descriptors;
	SIZE_T Length;
} RAIL, *PRAIL;

/* trap: win-contig-leak kept-in-global */
NTSTATUS RailTest(SIZE_T Length, PULONG Result)
{
	PHYSICAL_ADDRESS highest;
	PULONG area;

	highest.QuadPart = 0xFFFFFFFF;
	area = MmAllocateContiguousMemory(Length, highest); /* note: win-contig-leak "area" */
	if (area == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (Length < sizeof(ULONG))
		return STATUS_BUFFER_TOO_SMALL; /* expect: win-contig-leak "area" */
	*Result = area[0];
	MmFreeContiguousMemory(area);
	return STATUS_SUCCESS;
}

/* The second allocation fails and the first one is forgotten. */
/* trap: win-contig-leak kept-in-extension */
NTSTATUS RailCreate(PRAIL Rail)
{
	PHYSICAL_ADDRESS lowest, highest, boundary;
	PVOID ring, descriptors;

	lowest.QuadPart = 0;
	highest.QuadPart = 0xFFFFFFFF;
	boundary.QuadPart = 0;
	ring = MmAllocateContiguousMemorySpecifyCache(Rail->Length, lowest, highest, boundary, MmNonCached); /* note: win-contig-leak "ring" */
	if (ring == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	descriptors = MmAllocateContiguousMemorySpecifyCache(PAGE_SIZE, lowest, highest, boundary, MmNonCached);
	if (descriptors == NULL)
		return STATUS_INSUFFICIENT_RESOURCES; /* expect: win-contig-leak "ring" */
	Rail->Ring = ring;
	Rail->Descriptors = descriptors;
	return STATUS_SUCCESS;
}

/* The label is one too low. */
NTSTATUS RailCheck(SIZE_T Length, ULONG Pattern)
{
	NTSTATUS status = STATUS_SUCCESS;
	PHYSICAL_ADDRESS highest;
	PULONG area;

	highest.QuadPart = 0xFFFFFF;
	area = MmAllocateContiguousMemory(Length, highest); /* note: win-contig-leak "area" */
	if (area == NULL) {
		status = STATUS_INSUFFICIENT_RESOURCES;
		goto Exit;
	}
	area[0] = Pattern;
	if (Pattern == 0) {
		status = STATUS_INVALID_PARAMETER;
		goto Exit;
	}
	MmFreeContiguousMemory(area);
Exit:
	return status; /* expect: win-contig-leak "area" */
}
