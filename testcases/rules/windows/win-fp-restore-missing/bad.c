/* Floating-point state that is saved and never restored on some path. */
#include <ntddk.h>

typedef struct _SCALE {
	double Factor;
	LONG Weight, Limit;
} SCALE, *PSCALE;

NTSTATUS ScaleWeigh(PSCALE Scale, LONG Raw)
{
	KFLOATING_SAVE save;
	NTSTATUS status = KeSaveFloatingPointState(&save); /* note: win-fp-restore-missing "save" */

	if (!NT_SUCCESS(status))
		return status;
	if (Raw < 0)
		return STATUS_INVALID_PARAMETER; /* expect: win-fp-restore-missing "save" */
	Scale->Weight = (LONG)(Raw * Scale->Factor);
	KeRestoreFloatingPointState(&save);
	return STATUS_SUCCESS;
}

/* The label is one too low. */
NTSTATUS ScaleCalibrate(PSCALE Scale, LONG Raw, LONG Expected)
{
	KFLOATING_SAVE state;
	NTSTATUS status;

	status = KeSaveFloatingPointState(&state); /* note: win-fp-restore-missing "state" */
	if (!NT_SUCCESS(status))
		goto Exit;
	if (Raw == 0) {
		status = STATUS_INVALID_PARAMETER;
		goto Exit;
	}
	Scale->Factor = (double)Expected / Raw;
	KeRestoreFloatingPointState(&state);
Exit:
	return status; /* expect: win-fp-restore-missing "state" */
}

/* Left from the loop. */
LONG ScaleFind(PSCALE Scale, const LONG *Raw, ULONG Count)
{
	KFLOATING_SAVE save;
	ULONG i;

	if (!NT_SUCCESS(KeSaveFloatingPointState(&save))) /* note: win-fp-restore-missing "save" */
		return -1;
	for (i = 0; i < Count; i++) {
		if (Raw[i] * Scale->Factor > Scale->Limit)
			return (LONG)i; /* expect: win-fp-restore-missing "save" */
	}
	KeRestoreFloatingPointState(&save);
	return -1;
}

/* Left through the exception handler. */
/* trap: win-fp-restore-missing termination-handler */
NTSTATUS ScaleReport(PSCALE Scale, PLONG UserResult)
{
	KFLOATING_SAVE save;
	NTSTATUS status = KeSaveFloatingPointState(&save); /* note: win-fp-restore-missing "save" */

	if (!NT_SUCCESS(status))
		return status;
	__try {
		ProbeForWrite(UserResult, sizeof(LONG), sizeof(LONG));
		*UserResult = (LONG)(Scale->Weight * Scale->Factor);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return STATUS_ACCESS_VIOLATION; /* expect: win-fp-restore-missing "save" */
	}
	KeRestoreFloatingPointState(&save);
	return STATUS_SUCCESS;
}

/* Nothing restores it at all. */
/* trap: win-fp-restore-missing helper-pair */
VOID ScaleDouble(PSCALE Scale)
{
	KFLOATING_SAVE save;

	if (NT_SUCCESS(KeSaveFloatingPointState(&save))) /* note: win-fp-restore-missing "save" */
		Scale->Factor *= 2;
} /* expect: win-fp-restore-missing "save" */
