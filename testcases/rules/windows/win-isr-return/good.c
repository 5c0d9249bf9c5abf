/* Service routines that know their device. */
#include <ntddk.h>

#define TAP_PENDING 0x80

typedef struct _TAP {
	PKINTERRUPT Interrupt;
	PUCHAR Port;
	ULONG Drops;
} TAP, *PTAP;

KSERVICE_ROUTINE TapIsr;
KSERVICE_ROUTINE TapHelperIsr;
KSERVICE_ROUTINE TapElsewhereIsr;

BOOLEAN TapIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	PTAP tap = Context;

	UNREFERENCED_PARAMETER(Interrupt);
	if (!(READ_PORT_UCHAR(tap->Port) & TAP_PENDING))
		return FALSE;
	WRITE_PORT_UCHAR(tap->Port, 1);
	return TRUE; /* ok: win-isr-return */
}

/* trap: win-isr-return exclusive-line */
static BOOLEAN TapOwnIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	PTAP tap = Context;

	UNREFERENCED_PARAMETER(Interrupt);
	tap->Drops++;
	return TRUE; /* ok: win-isr-return */
}

NTSTATUS TapStart(PTAP Tap, ULONG Vector, KIRQL Irql, KAFFINITY Affinity)
{
	return IoConnectInterrupt(&Tap->Interrupt, TapOwnIsr, Tap, NULL, Vector, Irql, Irql, Latched, FALSE, Affinity, FALSE);
}

VOID TapStop(PTAP Tap)
{
	IoDisconnectInterrupt(Tap->Interrupt);
}

static BOOLEAN TapServe(PTAP Tap)
{
	if (!(READ_PORT_UCHAR(Tap->Port) & TAP_PENDING))
		return FALSE;
	Tap->Drops++;
	return TRUE;
}

/* trap: win-isr-return result-of-helper */
BOOLEAN TapHelperIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	UNREFERENCED_PARAMETER(Interrupt);
	return TapServe(Context); /* ok: win-isr-return */
}

BOOLEAN TapServeElsewhere(PVOID Context);

BOOLEAN TapElsewhereIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	UNREFERENCED_PARAMETER(Interrupt);
	return TapServeElsewhere(Context); /* ok: win-isr-return */
}

NTSTATUS TapShare(PTAP Tap, ULONG Vector, KIRQL Irql, KAFFINITY Affinity, BOOLEAN Helper)
{
	if (Helper)
		return IoConnectInterrupt(&Tap->Interrupt, TapHelperIsr, Tap, NULL, Vector, Irql, Irql, LevelSensitive, TRUE, Affinity, FALSE);
	return IoConnectInterrupt(&Tap->Interrupt, TapIsr, Tap, NULL, Vector, Irql, Irql, LevelSensitive, TRUE, Affinity, FALSE);
}
