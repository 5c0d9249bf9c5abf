/* Called below the lowest IRQL: two calls below an unload routine, and below one that asserts a low level. */
#include <ntddk.h>

typedef struct _LANTERN {
	KSPIN_LOCK Lock;
	PDEVICE_OBJECT Device;
	PIO_WORKITEM Item;
	ULONG Lit;
} LANTERN, *PLANTERN;

DRIVER_UNLOAD LanternUnload;

static VOID LanternTurn(PLANTERN Lantern)
{
	KeAcquireSpinLockAtDpcLevel(&Lantern->Lock); /* expect: win-irql-too-low "KeAcquireSpinLockAtDpcLevel" */
	Lantern->Lit++;
	KeReleaseSpinLockFromDpcLevel(&Lantern->Lock);
}

static VOID LanternOff(PLANTERN Lantern)
{
	Lantern->Lit = 0;
	LanternTurn(Lantern); /* note: win-irql-too-low "calls `LanternTurn`" */
}

VOID LanternUnload(PDRIVER_OBJECT Driver) /* note: win-irql-too-low "is called as driver-unload" */
{
	LanternOff(Driver->DeviceObject->DeviceExtension); /* note: win-irql-too-low "calls `LanternOff`" */
}

/* The caller has said itself that the level is low: the finding is at its call. */
static VOID LanternNext(PLANTERN Lantern)
{
	IoStartNextPacket(Lantern->Device, TRUE);
}

VOID LanternFeed(PLANTERN Lantern)
{
	PAGED_CODE();
	Lantern->Lit = 1;
	LanternNext(Lantern); /* expect: win-irql-too-low "IoStartNextPacket" */
}
