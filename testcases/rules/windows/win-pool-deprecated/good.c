/* Tagged, not executable, and NULL when there is no memory. */
#include <ntddk.h>

#define ATTIC_TAG 'cttA'

PVOID AtticTagged(SIZE_T Length)
{
	return ExAllocatePool2(POOL_FLAG_NON_PAGED, Length, ATTIC_TAG); /* ok: win-pool-deprecated */
}

PVOID AtticPaged(SIZE_T Length)
{
	PAGED_CODE();
	return ExAllocatePool2(POOL_FLAG_PAGED, Length, ATTIC_TAG); /* ok: win-pool-deprecated */
}

/* Trap: the older function, with memory that cannot be executed. */
PVOID AtticNx(SIZE_T Length)
{
	return ExAllocatePoolWithTag(NonPagedPoolNx, Length, ATTIC_TAG); /* ok: win-pool-deprecated */
}

/* Trap: the replacements for drivers that must run on older systems as well. */
/* trap: win-pool-deprecated older-systems */
PVOID AtticOlder(SIZE_T Length)
{
	return ExAllocatePoolZero(NonPagedPoolNx, Length, ATTIC_TAG); /* ok: win-pool-deprecated */
}

/* Trap: the pool type is in a variable. */
PVOID AtticChoose(POOL_TYPE Type, SIZE_T Length)
{
	return ExAllocatePoolWithTag(Type, Length, ATTIC_TAG); /* ok: win-pool-deprecated */
}
