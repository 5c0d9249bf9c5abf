/* Called below the lowest IRQL: through a pointer of the driver's own. */
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
	KeAcquireSpinLockAtDpcLevel(&Lantern->Lock); /* expect: win-irql-too-low "KeAcquireSpinLockAtDpcLevel" */
	Lantern->Lit++;
	KeReleaseSpinLockFromDpcLevel(&Lantern->Lock);
}

VOID LanternInit(PLANTERN Lantern)
{
	KeInitializeSpinLock(&Lantern->Lock);
	Lantern->Turn = LanternTurn;
}

VOID LanternThread(PVOID Context) /* note: win-irql-too-low "is called as system-thread" */
{
	PLANTERN lantern = Context;

	lantern->Turn(lantern); /* note: win-irql-too-low "LanternTurn" */
}
