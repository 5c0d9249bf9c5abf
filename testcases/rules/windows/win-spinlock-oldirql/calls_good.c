/* The helpers take and give the saved IRQL, each its own. */
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
	KIRQL outer, inner;

	TankEnter(&Tank->Lock, &outer);
	TankEnter(&Tank->Queue, &inner); /* ok: win-spinlock-oldirql */
	Tank->Level++;
	TankLeave(&Tank->Queue, inner); /* ok: win-spinlock-oldirql */
	TankLeave(&Tank->Lock, outer); /* ok: win-spinlock-oldirql */
}
