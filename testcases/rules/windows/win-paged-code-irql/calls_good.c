/* A helper raises the level and lowers it again before it returns to pageable code. */
#include <ntddk.h>

typedef struct _MUSEUM {
	KSPIN_LOCK Lock;
	ULONG Visitors;
} MUSEUM, *PMUSEUM;

VOID MuseumClose(PMUSEUM Museum);
VOID MuseumCount(PMUSEUM Museum);

#ifdef ALLOC_PRAGMA
#pragma alloc_text(PAGE, MuseumCount)
#endif

static VOID MuseumEnter(PMUSEUM Museum)
{
	KIRQL irql;

	KeAcquireSpinLock(&Museum->Lock, &irql); /* ok: win-paged-code-irql */
	Museum->Visitors++;
	KeReleaseSpinLock(&Museum->Lock, irql);
}

static VOID MuseumDoor(PMUSEUM Museum)
{
	MuseumEnter(Museum);
}

VOID MuseumCount(PMUSEUM Museum)
{
	PAGED_CODE();
	MuseumDoor(Museum); /* ok: win-paged-code-irql */
	Museum->Visitors++;
}
