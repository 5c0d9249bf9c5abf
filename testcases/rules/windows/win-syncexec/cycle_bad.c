/* Below functions that call each other. */
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

static VOID BellNext(PBELL Bell, ULONG Rest);

static VOID BellFirst(PBELL Bell, ULONG Rest)
{
	if (Rest == 0)
		BellQuiet(Bell);
	else
		BellNext(Bell, Rest);
}

static VOID BellNext(PBELL Bell, ULONG Rest)
{
	BellFirst(Bell, Rest - 1);
}

BOOLEAN BellIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	PBELL bell = Context;

	UNREFERENCED_PARAMETER(Interrupt);
	BellFirst(bell, 2);
	return TRUE;
}
