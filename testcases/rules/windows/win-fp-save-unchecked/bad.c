/* Saves that may have failed. */
#include <ntddk.h>

typedef struct _SCALE {
	double Factor;
	LONG Grams;
} SCALE, *PSCALE;

VOID ScaleWeigh(PSCALE Scale, LONG Raw)
{
	KFLOATING_SAVE save;

	KeSaveFloatingPointState(&save); /* expect: win-fp-save-unchecked "KeSaveFloatingPointState" */
	Scale->Grams = (LONG)(Raw * Scale->Factor);
	KeRestoreFloatingPointState(&save);
}

/* trap: win-fp-save-unchecked macro-wrapper
 * The macro saves, and leaves the test to nobody. */
#define SCALE_BEGIN(s) (KeSaveFloatingPointState(s))

VOID ScaleTare(PSCALE Scale)
{
	KFLOATING_SAVE save;

	SCALE_BEGIN(&save); /* expect: win-fp-save-unchecked "KeSaveFloatingPointState" */
	Scale->Factor /= 2;
	KeRestoreFloatingPointState(&save);
}

/* trap: win-fp-save-unchecked exact-compare
 * Compared, but too late. */
LONG ScaleRead(PSCALE Scale, LONG Raw)
{
	KFLOATING_SAVE save;
	NTSTATUS status = KeSaveFloatingPointState(&save); /* note: win-fp-save-unchecked "save" */
	LONG value = (LONG)(Raw * Scale->Factor); /* expect: win-fp-save-unchecked "although KeSaveFloatingPointState may have failed" */

	if (status == STATUS_SUCCESS)
		KeRestoreFloatingPointState(&save);
	return value;
}

/* The failure is looked at, and does not end the function. */
NTSTATUS ScaleDouble(PSCALE Scale)
{
	XSTATE_SAVE save;
	NTSTATUS status;

	status = KeSaveExtendedProcessorState(XSTATE_MASK_LEGACY, &save);
	if (!NT_SUCCESS(status))
		DbgPrint("cannot save: %x\n", status);
	Scale->Factor *= 2; /* expect: win-fp-save-unchecked "KeSaveExtendedProcessorState may have failed" */
	if (NT_SUCCESS(status))
		KeRestoreExtendedProcessorState(&save);
	return status;
}
