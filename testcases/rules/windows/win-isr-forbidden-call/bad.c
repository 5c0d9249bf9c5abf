/* Service routines that do the work of a DPC. */
#include <ntddk.h>

typedef struct _METER {
	PUCHAR Port;
	KEVENT Ready;
	KDPC Dpc;
	KTIMER Timer;
	KSPIN_LOCK Lock;
	KSEMAPHORE Full;
	PIO_WORKITEM Item;
	PVOID Sample;
	PKINTERRUPT Interrupt;
	ULONG Count;
} METER, *PMETER;

#define METER_TAG 'reteM'

KSERVICE_ROUTINE MeterIsr;
KSERVICE_ROUTINE MeterCountIsr;
KSYNCHRONIZE_ROUTINE MeterReset;

BOOLEAN MeterIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	PMETER meter = Context;

	UNREFERENCED_PARAMETER(Interrupt);
	if (!READ_PORT_UCHAR(meter->Port))
		return FALSE;
	KeSetEvent(&meter->Ready, 0, FALSE); /* expect: win-isr-forbidden-call "KeSetEvent" */
	return TRUE;
}

static VOID MeterFull(PMETER Meter)
{
	KeReleaseSemaphore(&Meter->Full, 0, 1, FALSE); /* expect: win-isr-forbidden-call "KeReleaseSemaphore" */
}

/* trap: win-isr-forbidden-call irql-guard
 * Nobody asks for the level. */
BOOLEAN MeterCountIsr(PKINTERRUPT Interrupt, PVOID Context) /* note: win-isr-forbidden-call "`MeterCountIsr` is called as" */
{
	PMETER meter = Context;
	KIRQL irql;

	UNREFERENCED_PARAMETER(Interrupt);
	if (!READ_PORT_UCHAR(meter->Port))
		return FALSE;
	KeAcquireSpinLock(&meter->Lock, &irql); /* expect: win-isr-forbidden-call "KeAcquireSpinLock" */
	meter->Count++;
	KeReleaseSpinLock(&meter->Lock, irql);
	MeterFull(meter);
	return TRUE;
}

/* In the routine of KeSynchronizeExecution. */
BOOLEAN MeterReset(PVOID Context)
{
	PMETER meter = Context;

	ExFreePoolWithTag(meter->Sample, METER_TAG); /* expect: win-isr-forbidden-call "ExFreePoolWithTag" */
	meter->Sample = NULL;
	return TRUE;
}

/* trap: win-isr-forbidden-call passive-interrupt
 * This one is called at the level of its device. */
static BOOLEAN MeterOldIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	PMETER meter = Context;
	LARGE_INTEGER due = { .QuadPart = -10000 };

	UNREFERENCED_PARAMETER(Interrupt);
	if (!READ_PORT_UCHAR(meter->Port))
		return FALSE;
	KeSetTimer(&meter->Timer, due, NULL); /* expect: win-isr-forbidden-call "KeSetTimer" */
	return TRUE;
}

NTSTATUS MeterStart(PMETER Meter, ULONG Vector, KIRQL Irql, KAFFINITY Affinity)
{
	return IoConnectInterrupt(&Meter->Interrupt, MeterOldIsr, Meter, NULL, Vector, Irql, Irql, Latched, FALSE, Affinity, FALSE);
}

VOID MeterStop(PMETER Meter)
{
	IoDisconnectInterrupt(Meter->Interrupt);
	KeCancelTimer(&Meter->Timer);
}

KSERVICE_ROUTINE MeterRaisedIsr;

/* trap: win-isr-forbidden-call lowered
 * Raised and lowered again: still at the level of the interrupt. */
BOOLEAN MeterRaisedIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	PMETER meter = Context;
	KIRQL irql;

	UNREFERENCED_PARAMETER(Interrupt);
	KeRaiseIrql(HIGH_LEVEL, &irql);
	meter->Count++;
	KeLowerIrql(irql);
	KeSetEvent(&meter->Ready, 0, FALSE); /* expect: win-isr-forbidden-call "KeSetEvent" */
	return TRUE;
}
