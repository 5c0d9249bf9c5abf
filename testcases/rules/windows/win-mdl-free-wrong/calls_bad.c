/* One helper makes the MDL with its pages, another frees it as a bare one. */
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
	IoFreeMdl(Mdl);
}

NTSTATUS PressPrint(PULONG Count)
{
	PMDL mdl = PressAllocate(PAGE_SIZE); /* note: win-mdl-free-wrong "PressAllocate" */

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	*Count = MmGetMdlByteCount(mdl);
	PressFree(mdl); /* expect: win-mdl-free-wrong "mdl" */
	return STATUS_SUCCESS;
}
