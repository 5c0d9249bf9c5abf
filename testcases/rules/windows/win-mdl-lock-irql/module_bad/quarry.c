/* User pages locked at a raised IRQL: in another file of the driver. */
#include "quarry.h"

VOID QuarryUpdate(PQUARRY Quarry)
{
	KIRQL irql;

	KeAcquireSpinLock(&Quarry->Lock, &irql); /* note: win-mdl-lock-irql "is acquired here" */
	QuarryStep(Quarry); /* expect: win-mdl-lock-irql "MmProbeAndLockPages" */
	KeReleaseSpinLock(&Quarry->Lock, irql);
}
