/* Buffers counted rightly. */
#include <ntddk.h>

#define BOWL_SLOTS 4

struct bowl {
	KSEMAPHORE Free, Full;
};

VOID BowlInit(struct bowl *bowl)
{
	KeInitializeSemaphore(&bowl->Free, BOWL_SLOTS, BOWL_SLOTS);
	KeInitializeSemaphore(&bowl->Full, 0, MAXLONG);
}

/* trap: win-semaphore-limits not-constant */
VOID BowlSet(struct bowl *bowl, LONG count, LONG limit)
{
	KeInitializeSemaphore(&bowl->Free, count, limit);
	KeInitializeSemaphore(&bowl->Full, 2, limit);
	KeReleaseSemaphore(&bowl->Full, IO_NO_INCREMENT, count, FALSE);
}
