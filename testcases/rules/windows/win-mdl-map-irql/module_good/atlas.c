/* The other file's function is called after the lock is released. */
#include "atlas.h"

VOID AtlasUpdate(PATLAS Atlas)
{
	KIRQL irql;

	KeAcquireSpinLock(&Atlas->Lock, &irql);
	Atlas->Count++;
	KeReleaseSpinLock(&Atlas->Lock, irql);
	AtlasStep(Atlas); /* ok: win-mdl-map-irql */
}
