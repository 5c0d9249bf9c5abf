/* Restores without a save before them, twice, or from another buffer. */
#include <ntddk.h>

typedef struct _GAUGE {
	double Factor;
	LONG Level;
} GAUGE, *PGAUGE;

/* The restore is outside the success branch. */
/* trap: win-fp-restore-unsaved saved-flag */
NTSTATUS GaugeRead(PGAUGE Gauge, LONG Raw)
{
	KFLOATING_SAVE save;
	NTSTATUS status = KeSaveFloatingPointState(&save); /* note: win-fp-restore-unsaved "save" */

	if (NT_SUCCESS(status))
		Gauge->Level = (LONG)(Raw * Gauge->Factor);
	KeRestoreFloatingPointState(&save); /* expect: win-fp-restore-unsaved "save" */
	return status;
}

/* The error path of the save shares the label. */
/* trap: win-fp-restore-unsaved failed-save */
NTSTATUS GaugeSet(PGAUGE Gauge, LONG Raw)
{
	KFLOATING_SAVE save;
	NTSTATUS status;

	status = KeSaveFloatingPointState(&save);
	if (!NT_SUCCESS(status))
		goto Exit;
	Gauge->Factor = Raw / 10.0;
Exit:
	KeRestoreFloatingPointState(&save); /* expect: win-fp-restore-unsaved "save" */
	return status;
}

/* Restored twice. */
NTSTATUS GaugeClear(PGAUGE Gauge, BOOLEAN Quick)
{
	KFLOATING_SAVE save;
	NTSTATUS status = KeSaveFloatingPointState(&save);

	if (!NT_SUCCESS(status))
		return status;
	Gauge->Factor = 1.0;
	if (Quick)
		KeRestoreFloatingPointState(&save); /* note: win-fp-restore-unsaved "save" */
	Gauge->Level = 0;
	KeRestoreFloatingPointState(&save); /* expect: win-fp-restore-unsaved "save" */
	return STATUS_SUCCESS;
}

/* Both the block and its termination handler restore. */
NTSTATUS GaugeCheck(PGAUGE Gauge, LONG Raw)
{
	KFLOATING_SAVE save;
	NTSTATUS status = KeSaveFloatingPointState(&save);

	if (!NT_SUCCESS(status))
		return status;
	__try {
		Gauge->Level = (LONG)(Raw * Gauge->Factor);
		if (Gauge->Level < 0) {
			KeRestoreFloatingPointState(&save); /* note: win-fp-restore-unsaved "save" */
			status = STATUS_INVALID_PARAMETER;
			__leave;
		}
	} __finally {
		KeRestoreFloatingPointState(&save); /* expect: win-fp-restore-unsaved "save" */
	}
	return status;
}

/* Restored from a buffer that nothing was saved to. */
NTSTATUS GaugeDouble(PGAUGE Gauge)
{
	KFLOATING_SAVE save, other;
	NTSTATUS status = KeSaveFloatingPointState(&save);

	if (!NT_SUCCESS(status))
		return status;
	Gauge->Factor *= 2;
	KeRestoreFloatingPointState(&other); /* expect: win-fp-restore-unsaved "other" */
	return STATUS_SUCCESS; /* the same defect: said once, above */
}
