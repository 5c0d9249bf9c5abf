/* A helper raises the level, and its caller is pageable. */
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

static KIRQL MuseumEnter(PMUSEUM Museum)
{
	KIRQL irql;

	KeAcquireSpinLock(&Museum->Lock, &irql);
	return irql;
}

static KIRQL MuseumDoor(PMUSEUM Museum)
{
	return MuseumEnter(Museum);
}

VOID MuseumCount(PMUSEUM Museum)
{
	KIRQL irql = MuseumDoor(Museum); /* expect: win-paged-code-irql "KeAcquireSpinLock" */

	Museum->Visitors++;
	KeReleaseSpinLock(&Museum->Lock, irql);
}
