/* Restored on every path after a successful save. */
#include <ntddk.h>

typedef struct _SCALE {
	KFLOATING_SAVE Save;
	double Factor;
	LONG Weight, Limit;
} SCALE, *PSCALE;

NTSTATUS ScaleWeigh(PSCALE Scale, LONG Raw)
{
	KFLOATING_SAVE save;
	NTSTATUS status;

	if (Raw < 0)
		return STATUS_INVALID_PARAMETER;
	status = KeSaveFloatingPointState(&save);
	if (!NT_SUCCESS(status))
		return status; /* ok: win-fp-restore-missing */
	Scale->Weight = (LONG)(Raw * Scale->Factor);
	KeRestoreFloatingPointState(&save);
	return STATUS_SUCCESS; /* ok: win-fp-restore-missing */
}

NTSTATUS ScaleCalibrate(PSCALE Scale, LONG Raw, LONG Expected)
{
	KFLOATING_SAVE state;
	NTSTATUS status;

	status = KeSaveFloatingPointState(&state);
	if (!NT_SUCCESS(status))
		goto Exit;
	if (Raw == 0) {
		status = STATUS_INVALID_PARAMETER;
		goto Restore;
	}
	Scale->Factor = (double)Expected / Raw;
Restore:
	KeRestoreFloatingPointState(&state);
Exit:
	return status; /* ok: win-fp-restore-missing */
}

LONG ScaleFind(PSCALE Scale, const LONG *Raw, ULONG Count)
{
	KFLOATING_SAVE save;
	LONG found = -1;
	ULONG i;

	if (!NT_SUCCESS(KeSaveFloatingPointState(&save)))
		return -1; /* ok: win-fp-restore-missing */
	for (i = 0; i < Count; i++) {
		if (Raw[i] * Scale->Factor > Scale->Limit) {
			found = (LONG)i;
			break;
		}
	}
	KeRestoreFloatingPointState(&save);
	return found; /* ok: win-fp-restore-missing */
}

/* Trap: a termination handler restores on every way out. */
/* trap: win-fp-restore-missing termination-handler */
NTSTATUS ScaleCheck(PSCALE Scale, LONG Raw)
{
	KFLOATING_SAVE save;
	NTSTATUS status = KeSaveFloatingPointState(&save);

	if (!NT_SUCCESS(status))
		return status;
	__try {
		if (Raw * Scale->Factor > Scale->Limit)
			return STATUS_INVALID_PARAMETER; /* ok: win-fp-restore-missing */
		Scale->Weight = Raw;
	} __finally {
		KeRestoreFloatingPointState(&save);
	}
	return STATUS_SUCCESS; /* ok: win-fp-restore-missing */
}

/* Trap: a pair of helpers, the state passed out. */
/* trap: win-fp-restore-missing helper-pair */
static NTSTATUS ScaleBegin(PKFLOATING_SAVE Save)
{
	return KeSaveFloatingPointState(Save); /* ok: win-fp-restore-missing */
}

static VOID ScaleEnd(PKFLOATING_SAVE Save)
{
	KeRestoreFloatingPointState(Save);
}

NTSTATUS ScaleWithHelpers(PSCALE Scale)
{
	KFLOATING_SAVE save;
	NTSTATUS status = ScaleBegin(&save);

	if (!NT_SUCCESS(status))
		return status;
	Scale->Factor /= 2;
	ScaleEnd(&save);
	return STATUS_SUCCESS; /* ok: win-fp-restore-missing */
}

/* Trap: saved in one routine, restored in another. */
NTSTATUS ScaleOpen(PSCALE Scale)
{
	return KeSaveFloatingPointState(&Scale->Save); /* ok: win-fp-restore-missing */
}

VOID ScaleClose(PSCALE Scale)
{
	KeRestoreFloatingPointState(&Scale->Save);
}

/* Trap: saved and restored under the same condition. */
NTSTATUS ScaleMaybe(PSCALE Scale, BOOLEAN Exact)
{
	KFLOATING_SAVE save;
	NTSTATUS status = STATUS_SUCCESS;

	if (Exact) {
		status = KeSaveFloatingPointState(&save);
		if (!NT_SUCCESS(status))
			return status;
		Scale->Weight = (LONG)(Scale->Weight * Scale->Factor);
	}
	Scale->Limit++;
	if (Exact)
		KeRestoreFloatingPointState(&save);
	return status; /* ok: win-fp-restore-missing */
}
