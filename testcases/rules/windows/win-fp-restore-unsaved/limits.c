/* Known gap: nothing is known of a buffer before its first save, and the other one may be meant for the caller. */
#include <ntddk.h>

typedef struct _GAUGE {
	double Factor;
	LONG Level;
} GAUGE, *PGAUGE;

/* Restored from a buffer that nothing was saved to. */
NTSTATUS GaugeDouble(PGAUGE Gauge)
{
	KFLOATING_SAVE save, other;
	NTSTATUS status = KeSaveFloatingPointState(&save);

	if (!NT_SUCCESS(status))
		return status;
	Gauge->Factor *= 2;
	KeRestoreFloatingPointState(&other); /* todo-expect: win-fp-restore-unsaved "other" */
	return STATUS_SUCCESS; /* todo-expect: win-fp-restore-missing "save" */
}
