/* Limits that are whole. */
#include <ntddk.h>

static PHYSICAL_ADDRESS eisa_highest;

VOID EisaLimit(PHYSICAL_ADDRESS *limit);

PVOID EisaBuffer(SIZE_T length)
{
	PHYSICAL_ADDRESS highest;

	highest.QuadPart = 0xFFFFFF;
	return MmAllocateContiguousMemory(length, highest);
}

/* trap: win-contig-limit-uninit both-halves */
PVOID EisaHalves(SIZE_T length)
{
	PHYSICAL_ADDRESS lowest, highest, boundary;

	lowest.LowPart = 0;
	lowest.HighPart = 0;
	highest.u.HighPart = 0;
	highest.u.LowPart = 0xFFFFFF;
	boundary.u.HighPart = 0;
	boundary.LowPart = 0x10000;
	return MmAllocateContiguousMemorySpecifyCache(length, lowest, highest, boundary, MmNonCached);
}

/* trap: win-contig-limit-uninit zeroed-first */
PMDL EisaZeroed(SIZE_T length)
{
	PHYSICAL_ADDRESS low = { 0 }, high, skip = { .QuadPart = 0 };

	RtlZeroMemory(&high, sizeof(high));
	high.LowPart = 0xFFFFFFFF;
	eisa_highest.LowPart = 0xFFFFFF;
	if (length > PAGE_SIZE)
		return MmAllocatePagesForMdl(low, eisa_highest, skip, length);
	return MmAllocatePagesForMdl(low, high, skip, length);
}

/* trap: win-contig-limit-uninit filled-by-a-function */
PVOID EisaAsked(SIZE_T length)
{
	PHYSICAL_ADDRESS highest;

	EisaLimit(&highest);
	return MmAllocateContiguousMemory(length, highest);
}

PVOID EisaGiven(SIZE_T length, PHYSICAL_ADDRESS highest)
{
	PHYSICAL_ADDRESS copy = highest;

	return MmAllocateContiguousMemory(length, copy);
}
