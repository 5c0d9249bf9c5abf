/* Floating point computed with somebody else's registers. */
#include <ntddk.h>

typedef struct _DIAL {
	ULONG Position;
	double Factor;
	KDPC Dpc;
} DIAL, *PDIAL;

KDEFERRED_ROUTINE DialDpc;

ULONG DialPercent(PDIAL Dial)
{
	return (ULONG)(Dial->Position * 0.5); /* expect: win-fp-no-save "DialPercent" */
}

VOID DialDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PDIAL dial = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	if (dial->Factor > 1.0) /* expect: win-fp-no-save "DialDpc" */
		dial->Factor = 1.0;
}

/* trap: win-fp-no-save folded-constant
 * One part is no constant. */
LONG DialLimit(LONG Scale)
{
	return (LONG)(2.5 * Scale); /* expect: win-fp-no-save "DialLimit" */
}

/* trap: win-fp-no-save saved-by-caller
 * The caller saves nothing. */
static double DialScale(PDIAL Dial)
{
	return Dial->Factor * Dial->Position; /* expect: win-fp-no-save "DialScale" */
}

VOID DialShow(PDIAL Dial, double *Out)
{
	*Out = DialScale(Dial);
}

/* trap: win-fp-no-save declared
 * Nothing is said of the callers. */
VOID DialTurn(PDIAL Dial)
{
	Dial->Factor += 1; /* expect: win-fp-no-save "DialTurn" */
}

/* The restore comes too early. */
NTSTATUS DialReset(PDIAL Dial)
{
	KFLOATING_SAVE save;
	NTSTATUS status = KeSaveFloatingPointState(&save);

	if (!NT_SUCCESS(status))
		return status;
	Dial->Factor = Dial->Factor / 2;
	KeRestoreFloatingPointState(&save); /* note: win-fp-no-save "save" */
	Dial->Position = (ULONG)(Dial->Factor * 100); /* expect: win-fp-no-save "after the state in save was restored" */
	return STATUS_SUCCESS;
}

/* trap: win-fp-no-save printed-constant
 * What is printed is computed here. */
VOID DialPrint(PDIAL Dial)
{
	DbgPrint("dial %d%%\n", (int)(Dial->Factor * 100)); /* expect: win-fp-no-save "DialPrint" */
}
