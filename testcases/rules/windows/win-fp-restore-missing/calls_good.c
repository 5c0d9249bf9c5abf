/* The state is saved and restored by helpers. */
#include <ntddk.h>

static BOOLEAN DialSave(PKFLOATING_SAVE Save)
{
	return NT_SUCCESS(KeSaveFloatingPointState(Save)); /* ok: win-fp-restore-missing */
}

static NTSTATUS DialDone(PKFLOATING_SAVE Save, NTSTATUS Status)
{
	KeRestoreFloatingPointState(Save);
	return Status;
}

NTSTATUS DialTurn(double *Angle, double Step)
{
	KFLOATING_SAVE save;

	if (!DialSave(&save))
		return STATUS_UNSUCCESSFUL; /* ok: win-fp-restore-missing */
	if (Step == 0.0)
		return DialDone(&save, STATUS_INVALID_PARAMETER); /* ok: win-fp-restore-missing */
	*Angle += Step;
	return DialDone(&save, STATUS_SUCCESS); /* ok: win-fp-restore-missing */
}
