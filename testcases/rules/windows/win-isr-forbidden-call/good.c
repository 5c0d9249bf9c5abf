/* Service routines that leave the work to a DPC. */
#include <ntddk.h>

typedef struct _METER {
	PUCHAR Port;
	KEVENT Ready;
	KDPC Dpc;
	PKINTERRUPT Interrupt;
	LONG Count;
} METER, *PMETER;

KSERVICE_ROUTINE MeterIsr;
KDEFERRED_ROUTINE MeterDpc;

BOOLEAN MeterIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	PMETER meter = Context;

	UNREFERENCED_PARAMETER(Interrupt);
	if (!READ_PORT_UCHAR(meter->Port))
		return FALSE;
	InterlockedIncrement(&meter->Count);
	WRITE_PORT_UCHAR(meter->Port, 1);
	KeInsertQueueDpc(&meter->Dpc, NULL, NULL); /* ok: win-isr-forbidden-call */
	return TRUE;
}

VOID MeterDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PMETER meter = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	KeSetEvent(&meter->Ready, 0, FALSE); /* ok: win-isr-forbidden-call */
}

/* trap: win-isr-forbidden-call lowered */
static VOID MeterSettle(PMETER Meter)
{
	KIRQL irql;

	KeRaiseIrql(HIGH_LEVEL, &irql);
	Meter->Count = 0;
	KeLowerIrql(irql);
	KeSetEvent(&Meter->Ready, 0, FALSE); /* ok: win-isr-forbidden-call */
}

/* trap: win-isr-forbidden-call passive-interrupt */
static BOOLEAN MeterSlowIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	PMETER meter = Context;

	UNREFERENCED_PARAMETER(Interrupt);
	if (!READ_PORT_UCHAR(meter->Port))
		return FALSE;
	KeSetEvent(&meter->Ready, 0, FALSE); /* ok: win-isr-forbidden-call */
	MeterSettle(meter);
	return TRUE;
}

NTSTATUS MeterStart(PMETER Meter, ULONG Vector, KAFFINITY Affinity)
{
	return IoConnectInterrupt(&Meter->Interrupt, MeterSlowIsr, Meter, NULL, Vector, PASSIVE_LEVEL, PASSIVE_LEVEL, LevelSensitive,
				  FALSE, Affinity, FALSE);
}

VOID MeterStop(PMETER Meter)
{
	IoDisconnectInterrupt(Meter->Interrupt);
	KeFlushQueuedDpcs();
}

/* trap: win-isr-forbidden-call irql-guard */
static VOID MeterTell(PMETER Meter)
{
	if (KeGetCurrentIrql() <= DISPATCH_LEVEL)
		KeSetEvent(&Meter->Ready, 0, FALSE); /* ok: win-isr-forbidden-call */
	else
		KeInsertQueueDpc(&Meter->Dpc, NULL, NULL);
}

BOOLEAN MeterTwo(PKINTERRUPT Interrupt, PVOID Context);
KSERVICE_ROUTINE MeterTwo;

BOOLEAN MeterTwo(PKINTERRUPT Interrupt, PVOID Context)
{
	PMETER meter = Context;

	UNREFERENCED_PARAMETER(Interrupt);
	if (!READ_PORT_UCHAR(meter->Port))
		return FALSE;
	MeterTell(meter);
	return TRUE;
}
