/* Pool allocations of the old kind: no tag, executable memory, or a crash instead of NULL. */
#include <ntddk.h>

#define ATTIC_TAG 'cttA'

/* trap: win-pool-deprecated older-systems */
PVOID AtticUntagged(SIZE_T Length)
{
	return ExAllocatePool(NonPagedPoolNx, Length); /* expect: win-pool-deprecated */ /* note: win-pool-deprecated "ExAllocatePool allocates pool without a tag" */
}

PVOID AtticPaged(SIZE_T Length)
{
	PAGED_CODE();
	return ExAllocatePool(PagedPool, Length); /* expect: win-pool-deprecated */
}

/* Machine code could run from it. */
/* trap: win-pool-deprecated nx-optin */
PVOID AtticExecutable(SIZE_T Length)
{
	return ExAllocatePoolWithTag(NonPagedPool, Length, ATTIC_TAG); /* expect: win-pool-deprecated */
}

PVOID AtticAligned(SIZE_T Length)
{
	return ExAllocatePoolWithTag(NonPagedPoolCacheAligned, Length, ATTIC_TAG); /* expect: win-pool-deprecated */
}

/* The system stops when there is no memory. */
PVOID AtticMust(SIZE_T Length)
{
	return ExAllocatePoolWithTag(NonPagedPoolMustSucceed, Length, ATTIC_TAG); /* expect: win-pool-deprecated */
}
