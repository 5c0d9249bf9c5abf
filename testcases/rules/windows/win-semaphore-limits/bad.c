/* Buffers counted wrongly. */
#include <ntddk.h>

#define BASIN_SLOTS 4

struct basin {
	KSEMAPHORE Free, Full;
};

/* trap: win-semaphore-limits not-constant */
VOID BasinInit(struct basin *basin)
{
	KeInitializeSemaphore(&basin->Free, BASIN_SLOTS + 1, BASIN_SLOTS); /* expect: win-semaphore-limits "basin->Free begins above its limit" */ /* note: win-semaphore-limits "basin->Free begins above its limit: the" */
	KeInitializeSemaphore(&basin->Full, 0, 0); /* expect: win-semaphore-limits "leaves no count at all" */
}

VOID BasinNegative(struct basin *basin)
{
	LONG count = -1;

	KeInitializeSemaphore(&basin->Full, count, BASIN_SLOTS); /* expect: win-semaphore-limits "begins below zero" */
}

VOID BasinPut(struct basin *basin)
{
	KeReleaseSemaphore(&basin->Full, IO_NO_INCREMENT, 0, FALSE); /* expect: win-semaphore-limits "adds nothing" */
}
