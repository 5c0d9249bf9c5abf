/* The other file's function is called after the lock is released. */
#include "granary.h"

VOID GranaryUpdate(PGRANARY Granary)
{
	KIRQL irql;

	KeAcquireSpinLock(&Granary->Lock, &irql);
	Granary->Count++;
	KeReleaseSpinLock(&Granary->Lock, irql);
	GranaryStep(Granary); /* ok: win-pool-irql */
}
