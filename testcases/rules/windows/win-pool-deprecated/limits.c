/* Known gap: with POOL_NX_OPTIN, NonPagedPool means memory that cannot be executed. */
#define POOL_NX_OPTIN 1
#include <ntddk.h>

#define ATTIC_TAG 'cttA'

VOID AtticStart(VOID)
{
	ExInitializeDriverRuntime(DrvRtPoolNxOptIn);
}

PVOID AtticOptedIn(SIZE_T Length)
{
	return ExAllocatePoolWithTag(NonPagedPool, Length, ATTIC_TAG); /* todo-ok: win-pool-deprecated */
}
