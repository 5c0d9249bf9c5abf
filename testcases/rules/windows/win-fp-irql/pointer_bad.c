/* Floating point at a wrong IRQL: through a pointer of the driver's own. */
#include <ntddk.h>

typedef struct _SEXTANT SEXTANT, *PSEXTANT;

struct _SEXTANT {
	PKINTERRUPT Interrupt;
	VOID (*Turn)(PSEXTANT Sextant);
	double Angle;
};

static VOID SextantTurn(PSEXTANT Sextant)
{
	KFLOATING_SAVE save;

	if (NT_SUCCESS(KeSaveFloatingPointState(&save))) {
		Sextant->Angle *= 1.5;
		KeRestoreFloatingPointState(&save);
	}
}

VOID SextantInit(PSEXTANT Sextant)
{
	Sextant->Turn = SextantTurn;
}

VOID SextantUpdate(PSEXTANT Sextant)
{
	KIRQL irql = KeAcquireInterruptSpinLock(Sextant->Interrupt);

	Sextant->Turn(Sextant); /* expect: win-fp-irql "KeSaveFloatingPointState" */
	KeReleaseInterruptSpinLock(Sextant->Interrupt, irql);
}
