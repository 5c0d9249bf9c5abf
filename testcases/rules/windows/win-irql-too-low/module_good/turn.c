#include "lantern.h"

VOID LanternTurn(PLANTERN Lantern)
{
	KeAcquireSpinLockAtDpcLevel(&Lantern->Lock); /* ok: win-irql-too-low */
	Lantern->Lit++;
	KeReleaseSpinLockFromDpcLevel(&Lantern->Lock);
}
