/* The whole driver opts in: NonPagedPool means memory that cannot be executed then. */
#define POOL_NX_OPTIN 1
#include <ntddk.h>

#define ATTIC_TAG 'cttA'

VOID AtticStart(VOID)
{
	ExInitializeDriverRuntime(DrvRtPoolNxOptIn);
}

/* trap: win-pool-deprecated nx-optin */
PVOID AtticOptin(SIZE_T Length)
{
	return ExAllocatePoolWithTag(NonPagedPool, Length, ATTIC_TAG); /* ok: win-pool-deprecated */
}
