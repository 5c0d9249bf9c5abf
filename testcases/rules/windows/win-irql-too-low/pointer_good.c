/* Through a pointer of the driver's own, at a raised level. */
#include <ntddk.h>

typedef struct _LANTERN LANTERN, *PLANTERN;

struct _LANTERN {
	KSPIN_LOCK Lock;
	VOID (*Turn)(PLANTERN Lantern);
	ULONG Lit;
};

KSTART_ROUTINE LanternThread;

static VOID LanternTurn(PLANTERN Lantern)
{
	KeAcquireSpinLockAtDpcLevel(&Lantern->Lock); /* ok: win-irql-too-low */
	Lantern->Lit++;
	KeReleaseSpinLockFromDpcLevel(&Lantern->Lock);
}

VOID LanternInit(PLANTERN Lantern)
{
	KeInitializeSpinLock(&Lantern->Lock);
	Lantern->Turn = LanternTurn;
}

VOID LanternThread(PVOID Context)
{
	PLANTERN lantern = Context;
	KIRQL irql = KeRaiseIrqlToDpcLevel();

	lantern->Turn(lantern); /* ok: win-irql-too-low */
	KeLowerIrql(irql);
}
