/* Called above the highest IRQL: in another file of the driver. */
#include "belfry.h"

VOID BelfryUpdate(PBELFRY Belfry)
{
	KIRQL irql;

	KeAcquireSpinLock(&Belfry->Lock, &irql); /* note: win-irql-too-high "is acquired here" */
	BelfryStep(Belfry); /* expect: win-irql-too-high "IoDeleteSymbolicLink" */
	KeReleaseSpinLock(&Belfry->Lock, irql);
}
