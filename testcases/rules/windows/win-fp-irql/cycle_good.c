/* Functions that call each other, called at a low level. */
#include <ntddk.h>

typedef struct _SEXTANT {
	KSPIN_LOCK Lock;
	PKINTERRUPT Interrupt;
	double Angle;
	ULONG Count;
} SEXTANT, *PSEXTANT;

static VOID SextantTurn(PSEXTANT Sextant)
{
	KFLOATING_SAVE save;

	if (NT_SUCCESS(KeSaveFloatingPointState(&save))) {
		Sextant->Angle *= 1.5;
		KeRestoreFloatingPointState(&save);
	}
}

static VOID SextantSweep(PSEXTANT Sextant, ULONG Rest);

static VOID SextantAim(PSEXTANT Sextant, ULONG Rest)
{
	if (Rest == 0)
		SextantTurn(Sextant);
	else
		SextantSweep(Sextant, Rest);
}

static VOID SextantSweep(PSEXTANT Sextant, ULONG Rest)
{
	Sextant->Count++;
	SextantAim(Sextant, Rest - 1);
}

VOID SextantUpdate(PSEXTANT Sextant)
{
	KIRQL irql = KeAcquireInterruptSpinLock(Sextant->Interrupt);

	KeReleaseInterruptSpinLock(Sextant->Interrupt, irql);
	SextantSweep(Sextant, Sextant->Count); /* ok: win-fp-irql */
}
