/* The other file's function is called after the lock is released. */
#include "belfry.h"

VOID BelfryUpdate(PBELFRY Belfry)
{
	KIRQL irql;

	KeAcquireSpinLock(&Belfry->Lock, &irql);
	Belfry->Count++;
	KeReleaseSpinLock(&Belfry->Lock, irql);
	BelfryStep(Belfry); /* ok: win-irql-too-high */
}
