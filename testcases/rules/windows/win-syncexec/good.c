/* Called directly inside, synchronized from outside; and another interrupt. */
#include <ntddk.h>

typedef struct _BELL {
	PKINTERRUPT Interrupt;
	PKINTERRUPT Other;
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
	BellSilence(bell); /* ok: win-syncexec */
	return TRUE;
}

BOOLEAN BellReset(PVOID Context)
{
	PBELL bell = Context;

	bell->Rings++;
	return BellSilence(bell); /* ok: win-syncexec */
}

VOID BellStop(PBELL Bell)
{
	KeSynchronizeExecution(Bell->Interrupt, BellReset, Bell); /* ok: win-syncexec */
}

KDEFERRED_ROUTINE BellDpc;

VOID BellDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PBELL bell = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	KeSynchronizeExecution(bell->Interrupt, BellSilence, bell); /* ok: win-syncexec */
}

/* Trap: the lock of another interrupt. */
KSYNCHRONIZE_ROUTINE BellBoth;

/* trap: win-syncexec other-interrupt */
BOOLEAN BellBoth(PVOID Context)
{
	PBELL bell = Context;

	return KeSynchronizeExecution(bell->Interrupt, BellSilence, bell); /* ok: win-syncexec */
}

VOID BellStopBoth(PBELL Bell)
{
	KeSynchronizeExecution(Bell->Other, BellBoth, Bell); /* ok: win-syncexec */
}
