/* A user mapping made at a raised IRQL: in another file of the driver. */
#include "atlas.h"

VOID AtlasUpdate(PATLAS Atlas)
{
	KIRQL irql;

	KeAcquireSpinLock(&Atlas->Lock, &irql); /* note: win-mdl-map-irql "is acquired here" */
	AtlasStep(Atlas); /* expect: win-mdl-map-irql "MmMapLockedPagesSpecifyCache" */
	KeReleaseSpinLock(&Atlas->Lock, irql);
}
