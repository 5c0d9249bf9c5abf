/* Floating point in helpers, at a level that is low enough and the same at both ends. */
#include <ntddk.h>

typedef struct _SEXTANT {
	KSPIN_LOCK Lock;
	PKINTERRUPT Interrupt;
	double Angle;
	ULONG Count;
} SEXTANT, *PSEXTANT;

KDEFERRED_ROUTINE SextantDpc;

static VOID SextantTurn(PSEXTANT Sextant)
{
	KFLOATING_SAVE save;

	if (NT_SUCCESS(KeSaveFloatingPointState(&save))) { /* ok: win-fp-irql */
		Sextant->Angle *= 1.5;
		KeRestoreFloatingPointState(&save);
	}
}

/* DISPATCH_LEVEL is low enough. */
VOID SextantDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	SextantTurn(Context); /* ok: win-fp-irql */
}

/* Trap: the lock is taken and left between the two. */
static VOID SextantNote(PSEXTANT Sextant)
{
	KIRQL irql;

	KeAcquireSpinLock(&Sextant->Lock, &irql);
	Sextant->Count++;
	KeReleaseSpinLock(&Sextant->Lock, irql);
}

VOID SextantRead(PSEXTANT Sextant)
{
	KFLOATING_SAVE save;

	if (!NT_SUCCESS(KeSaveFloatingPointState(&save)))
		return;
	SextantNote(Sextant);
	Sextant->Angle += 0.5;
	KeRestoreFloatingPointState(&save); /* ok: win-fp-irql */
}

VOID SextantUpdate(PSEXTANT Sextant)
{
	KIRQL irql = KeAcquireInterruptSpinLock(Sextant->Interrupt);

	Sextant->Count++;
	KeReleaseInterruptSpinLock(Sextant->Interrupt, irql);
	SextantTurn(Sextant); /* ok: win-fp-irql */
}
