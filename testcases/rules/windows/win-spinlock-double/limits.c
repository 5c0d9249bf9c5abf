/* Known gap: the second acquisition is in a callee. */
#include <ntddk.h>

typedef struct _RELAY {
	KSPIN_LOCK Lock;
	ULONG Hops;
} RELAY, *PRELAY;

static VOID RelayCount(PRELAY Relay)
{
	KIRQL irql;

	KeAcquireSpinLock(&Relay->Lock, &irql);
	Relay->Hops++;
	KeReleaseSpinLock(&Relay->Lock, irql);
}

VOID RelayForward(PRELAY Relay)
{
	KIRQL irql;

	KeAcquireSpinLock(&Relay->Lock, &irql);
	RelayCount(Relay); /* todo-expect: win-spinlock-double "Relay->Lock" */
	KeReleaseSpinLock(&Relay->Lock, irql);
}
