/* Functions in a pageable section that raise the IRQL. */
#include <ntddk.h>

typedef struct _MUSEUM {
	KSPIN_LOCK Lock;
	ULONG Visitors;
} MUSEUM, *PMUSEUM;

VOID MuseumClose(PMUSEUM Museum);
VOID MuseumClean(PMUSEUM Museum);
VOID MuseumOpen(PMUSEUM Museum);

#ifdef ALLOC_PRAGMA
#pragma alloc_text(PAGE, MuseumClose)
#pragma alloc_text(PAGE, MuseumClean)
#endif

/* trap: win-paged-code-irql assertion-only */
VOID MuseumClose(PMUSEUM Museum) /* note: win-paged-code-irql "MuseumClose is in a pageable section: it" */
{
	KIRQL irql;

	PAGED_CODE();
	KeAcquireSpinLock(&Museum->Lock, &irql); /* expect: win-paged-code-irql "KeAcquireSpinLock" */
	Museum->Visitors = 0;
	KeReleaseSpinLock(&Museum->Lock, irql);
}

/* trap: win-paged-code-irql locked-section */
VOID MuseumClean(PMUSEUM Museum)
{
	KIRQL irql;

	KeRaiseIrql(DISPATCH_LEVEL, &irql); /* expect: win-paged-code-irql "KeRaiseIrql" */
	Museum->Visitors--;
	KeLowerIrql(irql);
}

/* Through a wrapper that stays resident: what follows does not. */
static KIRQL MuseumEnter(PMUSEUM Museum)
{
	KIRQL irql;

	KeAcquireSpinLock(&Museum->Lock, &irql);
	return irql;
}

#pragma code_seg("PAGE")
VOID MuseumOpen(PMUSEUM Museum)
{
	KIRQL irql = MuseumEnter(Museum); /* expect: win-paged-code-irql "" */

	Museum->Visitors++;
	KeReleaseSpinLock(&Museum->Lock, irql);
}
#pragma code_seg()
