#include "loft.h"

PULONG LoftAllocate(SIZE_T Length)
{
	return ExAllocatePoolWithTag(NonPagedPoolNx, Length, LOFT_TAG);
}
