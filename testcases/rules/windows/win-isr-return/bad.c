/* Service routines that never say no. */
#include <ntddk.h>

#define TAP_PENDING 0x80

typedef struct _TAP {
	PKINTERRUPT Interrupt;
	PUCHAR Port;
	ULONG Drops;
} TAP, *PTAP;

KSERVICE_ROUTINE TapIsr;
KSERVICE_ROUTINE TapHelperIsr;
KSERVICE_ROUTINE TapSharedIsr;

BOOLEAN TapIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	PTAP tap = Context;

	UNREFERENCED_PARAMETER(Interrupt);
	WRITE_PORT_UCHAR(tap->Port, 1);
	return TRUE; /* expect: win-isr-return "TapIsr" */
}

/* trap: win-isr-return exclusive-line
 * Connected to a line that others use. */
BOOLEAN TapSharedIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	PTAP tap = Context;

	UNREFERENCED_PARAMETER(Interrupt);
	tap->Drops++;
	return TRUE; /* expect: win-isr-return "TapSharedIsr" */
}

VOID TapStop(PTAP Tap)
{
	IoDisconnectInterrupt(Tap->Interrupt);
}

static BOOLEAN TapServe(PTAP Tap)
{
	Tap->Drops++;
	return TRUE;
}

/* trap: win-isr-return result-of-helper
 * The helper never says no either. */
BOOLEAN TapHelperIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	UNREFERENCED_PARAMETER(Interrupt);
	return TapServe(Context); /* expect: win-isr-return "TapHelperIsr" */
}

static NTSTATUS TapConnect(PTAP Tap, PKSERVICE_ROUTINE Isr, ULONG Vector, KIRQL Irql, KAFFINITY Affinity)
{
	return IoConnectInterrupt(&Tap->Interrupt, Isr, Tap, NULL, Vector, Irql, Irql, LevelSensitive, TRUE, Affinity, FALSE); /* note: win-isr-return "`TapIsr` becomes shared-interrupt-service" */
}

NTSTATUS TapStart(PTAP Tap, ULONG Vector, KIRQL Irql, KAFFINITY Affinity)
{
	switch (Tap->Drops) {
	case 0:
		return TapConnect(Tap, TapIsr, Vector, Irql, Affinity);
	case 1:
		return TapConnect(Tap, TapSharedIsr, Vector, Irql, Affinity);
	default:
		return TapConnect(Tap, TapHelperIsr, Vector, Irql, Affinity);
	}
}
