/* Pages mapped as if all of them were there. */
#include <ntddk.h>

typedef struct _QUARRY {
	PMDL Mdl;
	PUCHAR Stone;
	SIZE_T Size;
} QUARRY, *PQUARRY;

static const PHYSICAL_ADDRESS Low, Skip;
static const PHYSICAL_ADDRESS High = { .QuadPart = -1 };

PVOID QuarryDig(PQUARRY Quarry, SIZE_T Size)
{
	Quarry->Mdl = MmAllocatePagesForMdl(Low, High, Skip, Size); /* note: win-mdl-pages-partial "Quarry->Mdl" */
	if (Quarry->Mdl == NULL)
		return NULL;
	return MmGetSystemAddressForMdlSafe(Quarry->Mdl, NormalPagePriority); /* expect: win-mdl-pages-partial "Quarry->Mdl" */
}

/* trap: win-mdl-pages-partial fully-required
 * Another flag does not promise all of them. */
NTSTATUS QuarryOpen(PQUARRY Quarry, SIZE_T Size)
{
	PMDL mdl = MmAllocatePagesForMdlEx(Low, High, Skip, Size, MmCached, MM_DONT_ZERO_ALLOCATION);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	Quarry->Stone = MmMapLockedPagesSpecifyCache(mdl, KernelMode, MmCached, NULL, FALSE, NormalPagePriority); /* expect: win-mdl-pages-partial "mdl" */
	if (Quarry->Stone == NULL) {
		MmFreePagesFromMdl(mdl);
		ExFreePool(mdl);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	RtlZeroMemory(Quarry->Stone, Size);
	Quarry->Mdl = mdl;
	return STATUS_SUCCESS;
}

static VOID QuarryNote(PQUARRY Quarry, SIZE_T Size)
{
	Quarry->Size = Size;
}

/* trap: win-mdl-pages-partial single-page
 * trap: win-mdl-pages-partial measured-by-helper
 * Two pages may be one, and the helper compares nothing. */
PUCHAR QuarryPair(PQUARRY Quarry)
{
	Quarry->Mdl = MmAllocatePagesForMdl(Low, High, Skip, 2 * PAGE_SIZE);
	if (Quarry->Mdl == NULL)
		return NULL;
	QuarryNote(Quarry, 2 * PAGE_SIZE);
	Quarry->Stone = MmGetSystemAddressForMdlSafe(Quarry->Mdl, NormalPagePriority); /* expect: win-mdl-pages-partial "Quarry->Mdl" */
	return Quarry->Stone;
}
