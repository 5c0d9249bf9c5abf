/* Pageable functions that stay below DISPATCH_LEVEL, and others that may raise it. */
#include <ntddk.h>

typedef struct _MUSEUM {
	KSPIN_LOCK Lock;
	ULONG Visitors;
} MUSEUM, *PMUSEUM;

VOID MuseumClose(PMUSEUM Museum);
VOID MuseumSell(PMUSEUM Museum);

#ifdef ALLOC_PRAGMA
#pragma alloc_text(PAGE, MuseumClose)
#pragma alloc_text(PAGEMUS, MuseumSell)
#endif

/* The work under the lock is in a function that stays resident. */
static VOID MuseumEmpty(PMUSEUM Museum)
{
	KIRQL irql;

	KeAcquireSpinLock(&Museum->Lock, &irql); /* ok: win-paged-code-irql */
	Museum->Visitors = 0;
	KeReleaseSpinLock(&Museum->Lock, irql);
}

VOID MuseumClose(PMUSEUM Museum)
{
	PAGED_CODE();
	MuseumEmpty(Museum); /* ok: win-paged-code-irql */
	Museum->Visitors = 1;
}

/* Trap: PAGED_CODE() alone moves no code, it only asserts the level at this place. */
/* trap: win-paged-code-irql assertion-only */
VOID MuseumCount(PMUSEUM Museum)
{
	KIRQL irql;

	PAGED_CODE();
	KeAcquireSpinLock(&Museum->Lock, &irql); /* ok: win-paged-code-irql */
	Museum->Visitors++;
	KeReleaseSpinLock(&Museum->Lock, irql);
}

/* Trap: a section of the driver's own, which it locks while it is used. */
/* trap: win-paged-code-irql locked-section */
VOID MuseumSell(PMUSEUM Museum)
{
	KIRQL irql;

	KeAcquireSpinLock(&Museum->Lock, &irql); /* ok: win-paged-code-irql */
	Museum->Visitors++;
	KeReleaseSpinLock(&Museum->Lock, irql);
}
