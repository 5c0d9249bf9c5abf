/* Saved for sure wherever the driver computes. */
#include <ntddk.h>

typedef struct _SCALE {
	double Factor;
	LONG Grams;
} SCALE, *PSCALE;

NTSTATUS ScaleWeigh(PSCALE Scale, LONG Raw)
{
	KFLOATING_SAVE save;
	NTSTATUS status = KeSaveFloatingPointState(&save);

	if (!NT_SUCCESS(status))
		return status;
	Scale->Grams = (LONG)(Raw * Scale->Factor); /* ok: win-fp-save-unchecked */
	KeRestoreFloatingPointState(&save);
	return STATUS_SUCCESS;
}

/* trap: win-fp-save-unchecked macro-wrapper */
#define SCALE_BEGIN(s) (NT_SUCCESS(KeSaveFloatingPointState(s)))

VOID ScaleTare(PSCALE Scale)
{
	KFLOATING_SAVE save;

	if (SCALE_BEGIN(&save)) { /* ok: win-fp-save-unchecked */
		Scale->Factor /= 2;
		KeRestoreFloatingPointState(&save);
	}
}

/* trap: win-fp-save-unchecked exact-compare */
LONG ScaleRead(PSCALE Scale, LONG Raw)
{
	KFLOATING_SAVE save;
	NTSTATUS status = KeSaveFloatingPointState(&save); /* ok: win-fp-save-unchecked */

	if (status == STATUS_SUCCESS) {
		Scale->Grams = (LONG)(Raw * Scale->Factor);
		KeRestoreFloatingPointState(&save);
	}
	return Scale->Grams;
}

/* What the compiler computes needs no registers. */
LONG ScaleLimit(VOID)
{
	KFLOATING_SAVE save;
	NTSTATUS status = KeSaveFloatingPointState(&save);
	LONG limit = (LONG)(2.5 * 400); /* ok: win-fp-save-unchecked */

	if (NT_SUCCESS(status))
		KeRestoreFloatingPointState(&save);
	return limit;
}
