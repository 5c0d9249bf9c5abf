/* Paged pool at a raised IRQL: in another file of the driver. */
#include "granary.h"

VOID GranaryUpdate(PGRANARY Granary)
{
	KIRQL irql;

	KeAcquireSpinLock(&Granary->Lock, &irql); /* note: win-pool-irql "is acquired here" */
	GranaryStep(Granary); /* expect: win-pool-irql "ExAllocatePoolWithTag" */
	KeReleaseSpinLock(&Granary->Lock, irql);
}
