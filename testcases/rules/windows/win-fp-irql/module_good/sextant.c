/* Floating point in another file, after the lock of the interrupt. */
#include "sextant.h"

VOID SextantUpdate(PSEXTANT Sextant)
{
	KIRQL irql = KeAcquireInterruptSpinLock(Sextant->Interrupt);

	KeReleaseInterruptSpinLock(Sextant->Interrupt, irql);
	SextantTurn(Sextant); /* ok: win-fp-irql */
}
