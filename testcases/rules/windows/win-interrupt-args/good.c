/* Interrupts of a bugle. */
#include <ntddk.h>

KSERVICE_ROUTINE BugleIsr;

struct bugle {
	PKINTERRUPT Interrupt;
	KSPIN_LOCK Lock;
};

BOOLEAN BugleIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	UNREFERENCED_PARAMETER(Interrupt);
	UNREFERENCED_PARAMETER(Context);
	return FALSE;
}

/* trap: win-interrupt-args from-resources */
NTSTATUS BugleConnect(struct bugle *bugle, PCM_PARTIAL_RESOURCE_DESCRIPTOR where, KIRQL highest)
{
	KINTERRUPT_MODE mode = where->Flags & CM_RESOURCE_INTERRUPT_LATCHED ? Latched : LevelSensitive;
	BOOLEAN shared = where->ShareDisposition == CmResourceShareShared;

	return IoConnectInterrupt(&bugle->Interrupt, BugleIsr, bugle, &bugle->Lock, where->u.Interrupt.Vector,
				  (KIRQL)where->u.Interrupt.Level, highest, mode, shared,
				  where->u.Interrupt.Affinity, FALSE);
}

NTSTATUS BugleEdge(struct bugle *bugle, ULONG vector, KIRQL irql, KAFFINITY cpus)
{
	return IoConnectInterrupt(&bugle->Interrupt, BugleIsr, bugle, NULL, vector, irql, irql, Latched, FALSE, cpus,
				  FALSE);
}
