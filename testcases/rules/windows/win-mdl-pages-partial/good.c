/* Pages counted before they are used, or known to be there. */
#include <ntddk.h>

#ifndef MM_ALLOCATE_FULLY_REQUIRED
#define MM_ALLOCATE_FULLY_REQUIRED 0x00000004
#endif

typedef struct _QUARRY {
	PMDL Mdl;
	PUCHAR Stone;
	SIZE_T Size;
} QUARRY, *PQUARRY;

static const PHYSICAL_ADDRESS Low, Skip;
static const PHYSICAL_ADDRESS High = { .QuadPart = -1 };

PVOID QuarryDig(PQUARRY Quarry, SIZE_T Size)
{
	Quarry->Mdl = MmAllocatePagesForMdl(Low, High, Skip, Size);
	if (Quarry->Mdl == NULL)
		return NULL;
	if (MmGetMdlByteCount(Quarry->Mdl) < Size) {
		MmFreePagesFromMdl(Quarry->Mdl);
		ExFreePool(Quarry->Mdl);
		return NULL;
	}
	Quarry->Stone = MmGetSystemAddressForMdlSafe(Quarry->Mdl, NormalPagePriority); /* ok: win-mdl-pages-partial */
	if (Quarry->Stone == NULL) {
		MmFreePagesFromMdl(Quarry->Mdl);
		ExFreePool(Quarry->Mdl);
	}
	return Quarry->Stone;
}

/* The size is taken from what there is, afterwards. */
PVOID QuarryTake(PQUARRY Quarry, SIZE_T Size)
{
	Quarry->Mdl = MmAllocatePagesForMdl(Low, High, Skip, Size);
	if (Quarry->Mdl == NULL)
		return NULL;
	Quarry->Stone = MmGetSystemAddressForMdlSafe(Quarry->Mdl, NormalPagePriority); /* ok: win-mdl-pages-partial */
	Quarry->Size = MmGetMdlByteCount(Quarry->Mdl);
	return Quarry->Stone;
}

/* trap: win-mdl-pages-partial fully-required */
PVOID QuarryAll(PQUARRY Quarry, SIZE_T Size)
{
	Quarry->Mdl = MmAllocatePagesForMdlEx(Low, High, Skip, Size, MmCached, MM_ALLOCATE_FULLY_REQUIRED);
	if (Quarry->Mdl == NULL)
		return NULL;
	return MmGetSystemAddressForMdlSafe(Quarry->Mdl, NormalPagePriority); /* ok: win-mdl-pages-partial */
}

/* trap: win-mdl-pages-partial single-page */
PVOID QuarryPage(PQUARRY Quarry)
{
	Quarry->Mdl = MmAllocatePagesForMdl(Low, High, Skip, PAGE_SIZE);
	if (Quarry->Mdl == NULL)
		return NULL;
	return MmGetSystemAddressForMdlSafe(Quarry->Mdl, NormalPagePriority); /* ok: win-mdl-pages-partial */
}

static BOOLEAN QuarryIsWhole(PMDL Mdl, SIZE_T Size)
{
	return MmGetMdlByteCount(Mdl) >= Size;
}

BOOLEAN QuarryIsWholeElsewhere(PMDL Mdl, SIZE_T Size);

/* trap: win-mdl-pages-partial measured-by-helper */
PVOID QuarryAsk(PQUARRY Quarry, SIZE_T Size)
{
	Quarry->Mdl = MmAllocatePagesForMdl(Low, High, Skip, Size);
	if (Quarry->Mdl == NULL)
		return NULL;
	if (!QuarryIsWhole(Quarry->Mdl, Size))
		return NULL;
	return MmGetSystemAddressForMdlSafe(Quarry->Mdl, NormalPagePriority); /* ok: win-mdl-pages-partial */
}

PVOID QuarryAskElsewhere(PQUARRY Quarry, SIZE_T Size)
{
	PMDL mdl = MmAllocatePagesForMdl(Low, High, Skip, Size);

	if (mdl == NULL)
		return NULL;
	Quarry->Mdl = mdl;
	if (!QuarryIsWholeElsewhere(mdl, Size))
		return NULL;
	return MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority); /* ok: win-mdl-pages-partial */
}
