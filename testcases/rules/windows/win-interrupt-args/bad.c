/* Interrupts of a horn. */
#include <ntddk.h>

KSERVICE_ROUTINE HornIsr;

struct horn {
	PKINTERRUPT Interrupt, Second;
};

BOOLEAN HornIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	UNREFERENCED_PARAMETER(Interrupt);
	UNREFERENCED_PARAMETER(Context);
	return FALSE;
}

/* trap: win-interrupt-args from-resources */
NTSTATUS HornConnect(struct horn *horn, ULONG vector, KAFFINITY cpus)
{
	return IoConnectInterrupt(&horn->Interrupt, HornIsr, horn, NULL, vector, 9, 8, LevelSensitive, TRUE, cpus, FALSE); /* expect: win-interrupt-args "SynchronizeIrql to be Irql at least" */ /* note: win-interrupt-args "horn->Interrupt is synchronised at a lower" */
}

NTSTATUS HornFloat(struct horn *horn, ULONG vector, KIRQL irql, KAFFINITY cpus)
{
	return IoConnectInterrupt(&horn->Interrupt, HornIsr, horn, NULL, vector, irql, irql, LevelSensitive, FALSE, cpus, TRUE); /* expect: win-interrupt-args "floating-point state" */
}

NTSTATUS HornShared(struct horn *horn, ULONG vector, KIRQL irql, KAFFINITY cpus)
{
	return IoConnectInterrupt(&horn->Second, HornIsr, horn, NULL, vector, irql, irql, Latched, TRUE, cpus, FALSE); /* expect: win-interrupt-args "horn->Second is shared and edge-triggered" */
}
