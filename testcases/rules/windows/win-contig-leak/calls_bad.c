/* Contiguous memory from a helper, forgotten on one path. */
#include <ntddk.h>

static PVOID DockAllocate(SIZE_T Length)
{
	PHYSICAL_ADDRESS highest;

	highest.QuadPart = 0xFFFFFFFF;
	return MmAllocateContiguousMemory(Length, highest);
}

NTSTATUS DockTest(ULONG Rounds)
{
	PULONG area = DockAllocate(PAGE_SIZE); /* note: win-contig-leak "calls `DockAllocate`" */

	if (area == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (Rounds == 0)
		return STATUS_INVALID_PARAMETER; /* expect: win-contig-leak "area" */
	area[0] = Rounds;
	MmFreeContiguousMemory(area);
	return STATUS_SUCCESS;
}
