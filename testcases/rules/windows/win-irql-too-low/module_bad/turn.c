#include "lantern.h"

VOID LanternTurn(PLANTERN Lantern)
{
	KeAcquireSpinLockAtDpcLevel(&Lantern->Lock); /* expect: win-irql-too-low "KeAcquireSpinLockAtDpcLevel" */
	Lantern->Lit++;
	KeReleaseSpinLockFromDpcLevel(&Lantern->Lock);
}
