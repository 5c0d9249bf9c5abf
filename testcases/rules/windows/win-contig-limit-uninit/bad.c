/* Buffers for a card with 24 address lines. */
#include <ntddk.h>

PVOID IsaBuffer(SIZE_T length)
{
	PHYSICAL_ADDRESS highest;

	highest.LowPart = 0xFFFFFF;
	return MmAllocateContiguousMemory(length, highest); /* expect: win-contig-limit-uninit "a part of highest was never written" */ /* note: win-contig-limit-uninit "a part of highest was never written when it" */
}

/* trap: win-contig-limit-uninit both-halves */
PVOID IsaCached(SIZE_T length)
{
	PHYSICAL_ADDRESS lowest, highest, boundary;

	lowest.QuadPart = 0;
	highest.u.HighPart = 0;
	boundary.QuadPart = 0x10000;
	return MmAllocateContiguousMemorySpecifyCache(length, lowest, highest, boundary, MmNonCached); /* expect: win-contig-limit-uninit "highest" */
}

/* On one of two paths. */
/* trap: win-contig-limit-uninit zeroed-first */
PMDL IsaPages(SIZE_T length, BOOLEAN old)
{
	PHYSICAL_ADDRESS low, high, skip;

	low.QuadPart = 0;
	skip.QuadPart = 0;
	if (old) {
		high.LowPart = 0xFFFFFFFF;
		return MmAllocatePagesForMdl(low, high, skip, length); /* expect: win-contig-limit-uninit "high" */
	}
	high.QuadPart = -1;
	return MmAllocatePagesForMdl(low, high, skip, length);
}

/* Not at all. */
/* trap: win-contig-limit-uninit filled-by-a-function */
PMDL IsaSkip(SIZE_T length)
{
	PHYSICAL_ADDRESS low, high, skip;

	low.QuadPart = 0;
	high.QuadPart = -1;
	return MmAllocatePagesForMdlEx(low, high, skip, length, MmCached, 0); /* expect: win-contig-limit-uninit "skip" */
}
