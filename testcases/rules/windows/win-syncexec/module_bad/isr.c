/* The interrupt routine is in another file. */
#include "bell.h"

NTSTATUS BellConnect(PBELL Bell, ULONG Vector, KIRQL Irql)
{
	return IoConnectInterrupt(&Bell->Interrupt, BellIsr, Bell, NULL, Vector, Irql, Irql, LevelSensitive, FALSE, 1, FALSE);
}

BOOLEAN BellIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	PBELL bell = Context;

	UNREFERENCED_PARAMETER(Interrupt);
	BellQuiet(bell);
	return TRUE;
}
