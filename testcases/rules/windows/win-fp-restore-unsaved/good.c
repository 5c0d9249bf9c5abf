/* Restored once, and only after a successful save. */
#include <ntddk.h>

typedef struct _GAUGE {
	KFLOATING_SAVE Save;
	double Factor;
	LONG Level;
} GAUGE, *PGAUGE;

NTSTATUS GaugeRead(PGAUGE Gauge, LONG Raw)
{
	KFLOATING_SAVE save;
	NTSTATUS status = KeSaveFloatingPointState(&save);

	if (NT_SUCCESS(status)) {
		Gauge->Level = (LONG)(Raw * Gauge->Factor);
		KeRestoreFloatingPointState(&save); /* ok: win-fp-restore-unsaved */
	}
	return status;
}

/* Trap: no restore is needed after a failed save. */
/* trap: win-fp-restore-unsaved failed-save */
NTSTATUS GaugeSet(PGAUGE Gauge, LONG Raw)
{
	KFLOATING_SAVE save;
	NTSTATUS status;

	status = KeSaveFloatingPointState(&save);
	if (!NT_SUCCESS(status))
		return status;
	Gauge->Factor = Raw / 10.0;
	KeRestoreFloatingPointState(&save); /* ok: win-fp-restore-unsaved */
	return STATUS_SUCCESS;
}

/* Trap: a flag remembers whether the state was saved. */
/* trap: win-fp-restore-unsaved saved-flag */
NTSTATUS GaugeFlag(PGAUGE Gauge, LONG Raw)
{
	BOOLEAN saved = FALSE;
	KFLOATING_SAVE save;
	NTSTATUS status;

	status = KeSaveFloatingPointState(&save);
	if (NT_SUCCESS(status)) {
		saved = TRUE;
		Gauge->Level = (LONG)(Raw * Gauge->Factor);
	}
	if (saved)
		KeRestoreFloatingPointState(&save); /* ok: win-fp-restore-unsaved */
	return status;
}

/* Trap: the status is the flag. */
NTSTATUS GaugeStatus(PGAUGE Gauge, LONG Raw)
{
	KFLOATING_SAVE save;
	NTSTATUS status = KeSaveFloatingPointState(&save);

	if (NT_SUCCESS(status))
		Gauge->Level = (LONG)(Raw * Gauge->Factor);
	DbgPrint("level %ld\n", Gauge->Level);
	if (NT_SUCCESS(status))
		KeRestoreFloatingPointState(&save); /* ok: win-fp-restore-unsaved */
	return status;
}

/* Trap: the same buffer used again, saved anew. */
NTSTATUS GaugeTwice(PGAUGE Gauge)
{
	KFLOATING_SAVE save;
	NTSTATUS status;
	ULONG i;

	for (i = 0; i < 2; i++) {
		status = KeSaveFloatingPointState(&save);
		if (!NT_SUCCESS(status))
			return status;
		Gauge->Factor *= 2;
		KeRestoreFloatingPointState(&save); /* ok: win-fp-restore-unsaved */
	}
	return STATUS_SUCCESS;
}

/* Trap: saved by another routine. */
VOID GaugeClose(PGAUGE Gauge)
{
	KeRestoreFloatingPointState(&Gauge->Save); /* ok: win-fp-restore-unsaved */
}

VOID GaugeEnd(PKFLOATING_SAVE Save)
{
	KeRestoreFloatingPointState(Save); /* ok: win-fp-restore-unsaved */
}
