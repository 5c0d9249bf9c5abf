/* Known gaps. */
#include <ntddk.h>

typedef struct _PUMP {
	KSPIN_LOCK Lock;
	struct _PUMP *Next;
	ULONG Level;
} PUMP, *PPUMP;

/* The error path lowers to a level of its own choice. */
NTSTATUS PumpLimit(PPUMP Pump, ULONG Level)
{
	KIRQL irql;

	KeAcquireSpinLock(&Pump->Lock, &irql);
	if (Level == 0) {
		KeReleaseSpinLock(&Pump->Lock, PASSIVE_LEVEL); /* todo-expect: win-spinlock-oldirql */
		return STATUS_INVALID_PARAMETER;
	}
	Pump->Level = Level;
	KeReleaseSpinLock(&Pump->Lock, irql);
	return STATUS_SUCCESS;
}
