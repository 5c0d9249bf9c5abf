/* Functions that call each other, from a DPC and under a lock. */
#include <ntddk.h>

typedef struct _LANTERN {
	KSPIN_LOCK Lock;
	PDEVICE_OBJECT Device;
	PIO_WORKITEM Item;
	ULONG Lit;
} LANTERN, *PLANTERN;

IO_DPC_ROUTINE LanternDpcForIsr;
DRIVER_UNLOAD LanternUnload;

static VOID LanternTurn(PLANTERN Lantern)
{
	KeAcquireSpinLockAtDpcLevel(&Lantern->Lock); /* ok: win-irql-too-low */
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

VOID LanternDpcForIsr(PKDPC Dpc, PDEVICE_OBJECT Device, PIRP Irp, PVOID Context)
{
	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Irp);
	UNREFERENCED_PARAMETER(Context);
	LanternGlow(Device->DeviceExtension, 3); /* ok: win-irql-too-low */
}

VOID LanternUnload(PDRIVER_OBJECT Driver)
{
	KIRQL irql;

	KeRaiseIrql(DISPATCH_LEVEL, &irql);
	LanternGlow(Driver->DeviceObject->DeviceExtension, 2); /* ok: win-irql-too-low */
	KeLowerIrql(irql);
}
