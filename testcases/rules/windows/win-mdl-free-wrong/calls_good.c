/* Each kind has its helper. */
#include <ntddk.h>

static PMDL PressAllocate(SIZE_T Length)
{
	PHYSICAL_ADDRESS low, high, skip;

	low.QuadPart = 0;
	high.QuadPart = -1;
	skip.QuadPart = 0;
	return MmAllocatePagesForMdl(low, high, skip, Length);
}

static VOID PressFree(PMDL Mdl)
{
	MmFreePagesFromMdl(Mdl);
	ExFreePool(Mdl); /* ok: win-mdl-free-wrong */
}

NTSTATUS PressPrint(PULONG Count)
{
	PMDL mdl = PressAllocate(PAGE_SIZE);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	*Count = MmGetMdlByteCount(mdl);
	PressFree(mdl); /* ok: win-mdl-free-wrong */
	return STATUS_SUCCESS;
}
