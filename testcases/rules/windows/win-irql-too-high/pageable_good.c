/* A function in a pageable section, called before the lock is taken and after it is released. */
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
	PAGED_CODE();
	Museum->Visitors++;
}

VOID MuseumClose(PMUSEUM Museum)
{
	KIRQL irql;

	MuseumCount(Museum); /* ok: win-irql-too-high */
	KeAcquireSpinLock(&Museum->Lock, &irql);
	Museum->Visitors = 0;
	KeReleaseSpinLock(&Museum->Lock, irql);
	MuseumCount(Museum); /* ok: win-irql-too-high */
}
