/* Synchronized with the interrupt once more, from what already is. */
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

BOOLEAN BellIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	PBELL bell = Context;

	UNREFERENCED_PARAMETER(Interrupt);
	KeSynchronizeExecution(bell->Interrupt, BellSilence, bell); /* expect: win-syncexec "KeSynchronizeExecution" */
	return TRUE;
}

/* trap: win-syncexec other-interrupt */
BOOLEAN BellReset(PVOID Context)
{
	PBELL bell = Context;

	return KeSynchronizeExecution(bell->Interrupt, BellSilence, bell); /* expect: win-syncexec "KeSynchronizeExecution" */
}

VOID BellStop(PBELL Bell)
{
	KeSynchronizeExecution(Bell->Interrupt, BellReset, Bell); /* ok: win-syncexec */
}
