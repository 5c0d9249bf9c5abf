/* Called below the lowest IRQL: below functions that call each other. */
#include <ntddk.h>

typedef struct _LANTERN {
	KSPIN_LOCK Lock;
	PDEVICE_OBJECT Device;
	PIO_WORKITEM Item;
	ULONG Lit;
} LANTERN, *PLANTERN;

IO_WORKITEM_ROUTINE LanternWorker;

static VOID LanternTurn(PLANTERN Lantern)
{
	KeAcquireSpinLockAtDpcLevel(&Lantern->Lock); /* expect: win-irql-too-low "KeAcquireSpinLockAtDpcLevel" */
	Lantern->Lit++;
	KeReleaseSpinLockFromDpcLevel(&Lantern->Lock);
}

static VOID LanternFade(PLANTERN Lantern, ULONG Rest);

static VOID LanternGlow(PLANTERN Lantern, ULONG Rest)
{
	if (Rest == 0)
		LanternTurn(Lantern);
	else
		LanternFade(Lantern, Rest);
}

static VOID LanternFade(PLANTERN Lantern, ULONG Rest)
{
	LanternGlow(Lantern, Rest - 1);
}

VOID LanternWorker(PDEVICE_OBJECT Device, PVOID Context) /* note: win-irql-too-low "is called as work-item-routine" */
{
	UNREFERENCED_PARAMETER(Device);
	LanternGlow(Context, 3); /* note: win-irql-too-low "calls `LanternGlow`" */
}
