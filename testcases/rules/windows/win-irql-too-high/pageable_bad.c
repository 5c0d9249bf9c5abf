/* A function in a pageable section, called under a lock. */
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

VOID MuseumCount(PMUSEUM Museum)
{
	Museum->Visitors++;
}

static VOID MuseumStep(PMUSEUM Museum)
{
	MuseumCount(Museum);
}

VOID MuseumClose(PMUSEUM Museum)
{
	KIRQL irql;

	KeAcquireSpinLock(&Museum->Lock, &irql);
	MuseumCount(Museum); /* expect: win-irql-too-high "MuseumCount" */
	MuseumStep(Museum); /* expect: win-irql-too-high "MuseumCount" */
	KeReleaseSpinLock(&Museum->Lock, irql);
}
