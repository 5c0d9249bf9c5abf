/* Trap: a copy of a record copies the pointers in it, too. */
#include <ntddk.h>

#define CASK_TAG 'ksaC'

typedef struct _CASK {
	PVOID Wine;
	ULONG Litres;
} CASK, *PCASK;

NTSTATUS CaskFill(PCASK Out, ULONG Litres)
{
	CASK cask;

	cask.Litres = Litres;
	cask.Wine = ExAllocatePool2(POOL_FLAG_PAGED, Litres, CASK_TAG);
	if (cask.Wine == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	RtlCopyMemory(Out, &cask, sizeof(cask));
	return STATUS_SUCCESS; /* ok: win-pool-leak */
}
