/* The state is saved by a helper, and one path forgets to restore it. */
#include <ntddk.h>

static BOOLEAN DialSave(PKFLOATING_SAVE Save)
{
	return NT_SUCCESS(KeSaveFloatingPointState(Save));
}

NTSTATUS DialTurn(double *Angle, double Step)
{
	KFLOATING_SAVE save;

	if (!DialSave(&save)) /* note: win-fp-restore-missing "calls `DialSave`" */
		return STATUS_UNSUCCESSFUL;
	if (Step == 0.0)
		return STATUS_INVALID_PARAMETER; /* expect: win-fp-restore-missing "save" */
	*Angle += Step;
	KeRestoreFloatingPointState(&save);
	return STATUS_SUCCESS;
}
