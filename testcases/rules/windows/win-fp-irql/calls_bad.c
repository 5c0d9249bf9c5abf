/* Floating point at a wrong IRQL: two calls below an interrupt routine and below the lock of the interrupt. */
#include <ntddk.h>

typedef struct _SEXTANT {
	KSPIN_LOCK Lock;
	PKINTERRUPT Interrupt;
	double Angle;
	ULONG Count;
} SEXTANT, *PSEXTANT;

KSERVICE_ROUTINE SextantIsr;

static VOID SextantTurn(PSEXTANT Sextant)
{
	KFLOATING_SAVE save;

	if (NT_SUCCESS(KeSaveFloatingPointState(&save))) {
		Sextant->Angle *= 1.5;
		KeRestoreFloatingPointState(&save);
	}
}

static VOID SextantEach(PSEXTANT Sextant)
{
	Sextant->Count++;
	SextantTurn(Sextant); /* note: win-fp-irql "calls `SextantTurn`" */
}

VOID SextantUpdate(PSEXTANT Sextant)
{
	KIRQL irql = KeAcquireInterruptSpinLock(Sextant->Interrupt); /* note: win-fp-irql "is acquired here" */

	SextantEach(Sextant); /* expect: win-fp-irql "KeSaveFloatingPointState" */
	KeReleaseInterruptSpinLock(Sextant->Interrupt, irql);
}

static VOID SextantShake(PSEXTANT Sextant)
{
	KFLOATING_SAVE save;

	if (NT_SUCCESS(KeSaveFloatingPointState(&save))) { /* expect: win-fp-irql "KeSaveFloatingPointState" */
		Sextant->Angle /= 1.5;
		KeRestoreFloatingPointState(&save); /* expect: win-fp-irql "KeRestoreFloatingPointState" */
	}
}

BOOLEAN SextantIsr(PKINTERRUPT Interrupt, PVOID Context) /* note: win-fp-irql "is called as interrupt-service" */
{
	UNREFERENCED_PARAMETER(Interrupt);
	SextantShake(Context); /* note: win-fp-irql "calls `SextantShake`" */
	return TRUE;
}

/* Saved before, restored after a helper has raised the level. */
static KIRQL SextantEnter(PSEXTANT Sextant)
{
	KIRQL irql;

	KeAcquireSpinLock(&Sextant->Lock, &irql);
	return irql;
}

VOID SextantRead(PSEXTANT Sextant)
{
	KFLOATING_SAVE save;
	KIRQL irql;

	if (!NT_SUCCESS(KeSaveFloatingPointState(&save)))
		return;
	irql = SextantEnter(Sextant);
	Sextant->Angle += 0.5;
	KeRestoreFloatingPointState(&save); /* expect: win-fp-irql "save" */
	KeReleaseSpinLock(&Sextant->Lock, irql);
}
