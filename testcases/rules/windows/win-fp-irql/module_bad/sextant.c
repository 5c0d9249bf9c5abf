/* Floating point in another file, under the lock of the interrupt. */
#include "sextant.h"

VOID SextantUpdate(PSEXTANT Sextant)
{
	KIRQL irql = KeAcquireInterruptSpinLock(Sextant->Interrupt);

	SextantTurn(Sextant); /* expect: win-fp-irql "KeSaveFloatingPointState" */
	KeReleaseInterruptSpinLock(Sextant->Interrupt, irql);
}
