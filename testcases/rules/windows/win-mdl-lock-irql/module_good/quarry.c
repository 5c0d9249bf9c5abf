/* The other file's function is called after the lock is released. */
#include "quarry.h"

VOID QuarryUpdate(PQUARRY Quarry)
{
	KIRQL irql;

	KeAcquireSpinLock(&Quarry->Lock, &irql);
	Quarry->Count++;
	KeReleaseSpinLock(&Quarry->Lock, irql);
	QuarryStep(Quarry); /* ok: win-mdl-lock-irql */
}
