/* The same helpers, called where the level is high enough or not known. */
#include <ntddk.h>

typedef struct _LANTERN {
	KSPIN_LOCK Lock;
	PDEVICE_OBJECT Device;
	PIO_WORKITEM Item;
	ULONG Lit;
} LANTERN, *PLANTERN;

DRIVER_UNLOAD LanternUnload;
KDEFERRED_ROUTINE LanternDpc;

static VOID LanternTurn(PLANTERN Lantern)
{
	KeAcquireSpinLockAtDpcLevel(&Lantern->Lock); /* ok: win-irql-too-low */
	Lantern->Lit++;
	KeReleaseSpinLockFromDpcLevel(&Lantern->Lock); /* ok: win-irql-too-low */
}

VOID LanternDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	LanternTurn(Context); /* ok: win-irql-too-low */
}

/* Trap: wrappers raise and lower. */
static KIRQL LanternEnter(PLANTERN Lantern)
{
	Lantern->Lit++;
	return KeRaiseIrqlToDpcLevel();
}

static VOID LanternLeave(PLANTERN Lantern, KIRQL Irql)
{
	Lantern->Lit--;
	KeLowerIrql(Irql);
}

VOID LanternUnload(PDRIVER_OBJECT Driver)
{
	PLANTERN lantern = Driver->DeviceObject->DeviceExtension;
	KIRQL irql = LanternEnter(lantern);

	LanternTurn(lantern); /* ok: win-irql-too-low */
	LanternLeave(lantern, irql);
}

/* Trap: a mode decides. */
static VOID LanternSet(PLANTERN Lantern, BOOLEAN AtDispatch)
{
	KIRQL irql;

	if (AtDispatch) {
		KeAcquireSpinLockAtDpcLevel(&Lantern->Lock); /* ok: win-irql-too-low */
		Lantern->Lit++;
		KeReleaseSpinLockFromDpcLevel(&Lantern->Lock); /* ok: win-irql-too-low */
	} else {
		KeAcquireSpinLock(&Lantern->Lock, &irql);
		Lantern->Lit++;
		KeReleaseSpinLock(&Lantern->Lock, irql);
	}
}

VOID LanternFeed(PLANTERN Lantern)
{
	PAGED_CODE();
	LanternSet(Lantern, FALSE); /* ok: win-irql-too-low */
}
