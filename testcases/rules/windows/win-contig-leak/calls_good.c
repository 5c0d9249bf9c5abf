/* Contiguous memory from a helper, freed by another on every path. */
#include <ntddk.h>

static PVOID DockAllocate(SIZE_T Length)
{
	PHYSICAL_ADDRESS highest;

	highest.QuadPart = 0xFFFFFFFF;
	return MmAllocateContiguousMemory(Length, highest);
}

static VOID DockFree(PVOID *Area)
{
	MmFreeContiguousMemory(*Area);
	*Area = NULL;
}

NTSTATUS DockTest(ULONG Rounds)
{
	NTSTATUS status = STATUS_SUCCESS;
	PVOID area = DockAllocate(PAGE_SIZE);

	if (area == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (Rounds == 0)
		status = STATUS_INVALID_PARAMETER;
	DockFree(&area);
	return status; /* ok: win-contig-leak */
}
