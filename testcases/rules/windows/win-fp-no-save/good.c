/* Floating point with the state saved, by the compiler, or not at all. */
#include <ntddk.h>

typedef struct _DIAL {
	ULONG Position;
	double Factor;
	double Last;
} DIAL, *PDIAL;

NTSTATUS DialPercent(PDIAL Dial, PULONG Percent)
{
	KFLOATING_SAVE save;
	NTSTATUS status = KeSaveFloatingPointState(&save);

	if (!NT_SUCCESS(status))
		return status;
	*Percent = (ULONG)(Dial->Position * 0.5); /* ok: win-fp-no-save */
	KeRestoreFloatingPointState(&save);
	return STATUS_SUCCESS;
}

/* trap: win-fp-no-save folded-constant */
LONG DialLimit(VOID)
{
	return (LONG)(2.5 * 400) + (LONG)-1.0; /* ok: win-fp-no-save */
}

/* trap: win-fp-no-save saved-by-caller */
static double DialScale(PDIAL Dial)
{
	return Dial->Factor * Dial->Position; /* ok: win-fp-no-save */
}

NTSTATUS DialShow(PDIAL Dial, double *Out)
{
	KFLOATING_SAVE save;
	NTSTATUS status = KeSaveFloatingPointState(&save);

	if (!NT_SUCCESS(status))
		return status;
	*Out = DialScale(Dial);
	KeRestoreFloatingPointState(&save);
	return STATUS_SUCCESS;
}

/* trap: win-fp-no-save declared */
_Kernel_float_used_ VOID DialTurn(PDIAL Dial)
{
	Dial->Factor += 1; /* ok: win-fp-no-save */
}

VOID DialKeep(PDIAL Dial)
{
	Dial->Last = Dial->Factor; /* ok: win-fp-no-save */
}

/* trap: win-fp-no-save printed-constant */
VOID DialVersion(VOID)
{
	DbgPrint("dial %d%%, at most %d\n", (int)(0.5 * 100), (int)1.0e3); /* ok: win-fp-no-save */
	DbgPrint("factor %f\n", 1.5); /* ok: win-fp-no-save */
}
