/* Two calls below the interrupt routine. */
#include <ntddk.h>

typedef struct _BELL {
	PKINTERRUPT Interrupt;
	ULONG Rings;
} BELL, *PBELL;

KSERVICE_ROUTINE BellIsr;
KSYNCHRONIZE_ROUTINE BellSilence;
KSYNCHRONIZE_ROUTINE BellReset;

BOOLEAN BellSilence(PVOID Context)
{
	((PBELL)Context)->Rings = 0;
	return TRUE;
}

NTSTATUS BellConnect(PBELL Bell, ULONG Vector, KIRQL Irql)
{
	return IoConnectInterrupt(&Bell->Interrupt, BellIsr, Bell, NULL, Vector, Irql, Irql, LevelSensitive, FALSE, 1, FALSE);
}

static VOID BellQuiet(PBELL Bell)
{
	KeSynchronizeExecution(Bell->Interrupt, BellSilence, Bell); /* expect: win-syncexec "KeSynchronizeExecution" */
}

static VOID BellCheck(PBELL Bell)
{
	if (Bell->Rings > 10)
		BellQuiet(Bell); /* note: win-syncexec "calls `BellQuiet`" */
}

BOOLEAN BellIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	PBELL bell = Context;

	UNREFERENCED_PARAMETER(Interrupt);
	BellCheck(bell); /* note: win-syncexec "calls `BellCheck`" */
	return TRUE;
}
