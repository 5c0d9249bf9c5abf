#include "sextant.h"

VOID SextantTurn(PSEXTANT Sextant)
{
	KFLOATING_SAVE save;

	if (NT_SUCCESS(KeSaveFloatingPointState(&save))) {
		Sextant->Angle *= 1.5;
		KeRestoreFloatingPointState(&save);
	}
}
