#include "loft.h"

PULONG LoftAllocate(SIZE_T Length)
{
	return ExAllocatePoolWithTag(PagedPool, Length, LOFT_TAG);
}
