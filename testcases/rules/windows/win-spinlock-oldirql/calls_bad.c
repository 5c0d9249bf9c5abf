/* The helpers take and give the saved IRQL; the caller gives the wrong one back. */
#include <ntddk.h>

typedef struct _TANK {
	KSPIN_LOCK Lock, Queue;
	ULONG Level;
} TANK, *PTANK;

static VOID TankEnter(PKSPIN_LOCK Lock, PKIRQL Irql)
{
	KeAcquireSpinLock(Lock, Irql);
}

static VOID TankLeave(PKSPIN_LOCK Lock, KIRQL Irql)
{
	KeReleaseSpinLock(Lock, Irql);
}

VOID TankMove(PTANK Tank)
{
	KIRQL irql;

	TankEnter(&Tank->Lock, &irql);
	TankEnter(&Tank->Queue, &irql); /* expect: win-spinlock-oldirql */
	Tank->Level++;
	TankLeave(&Tank->Queue, irql);
	TankLeave(&Tank->Lock, irql);
}
