/* Through a table of functions, outside the interrupt. */
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
	KeSynchronizeExecution(Bell->Interrupt, BellSilence, Bell); /* ok: win-syncexec */
}

static VOID (*const BellActions[])(PBELL Bell) = { BellQuiet };

BOOLEAN BellIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	PBELL bell = Context;

	UNREFERENCED_PARAMETER(Interrupt);
	bell->Rings++;
	return TRUE;
}

VOID BellStop(PBELL Bell)
{
	BellActions[0](Bell); /* ok: win-syncexec */
}
