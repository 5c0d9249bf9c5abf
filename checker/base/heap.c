#include "base/heap.h"

#include "base/sanitizer.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

enum { HUGE_PAGE = 2 << 20, FIRST_HEAP = 16 << 20, LARGE_BLOCK = 4 << 20 };

#ifdef HAS_SANITIZER

void heap_prepare(void)
{
}

#else

static void *round_up(void *address)
{
	return (void *)(((uintptr_t)address + HUGE_PAGE - 1) & ~((uintptr_t)HUGE_PAGE - 1));
}

void heap_prepare(void)
{
	mallopt(M_ARENA_MAX, 1);
	mallopt(M_TOP_PAD, FIRST_HEAP);
	mallopt(M_TRIM_THRESHOLD, 2 * FIRST_HEAP);
	mallopt(M_MMAP_THRESHOLD, 2 * FIRST_HEAP); /* else the block would not be cut from the heap */
	void *block = malloc(FIRST_HEAP);
	mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK);
	if (!block)
		return;
	madvise(round_up(block), FIRST_HEAP - HUGE_PAGE, MADV_HUGEPAGE);
	free(block);
}

#endif
