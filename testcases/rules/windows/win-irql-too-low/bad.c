/* Functions called below the level that they are made for. */
#include <ntddk.h>

typedef struct _LANTERN {
	KSPIN_LOCK Lock;
	PDEVICE_OBJECT Device;
	PIO_WORKITEM Item;
	ULONG Lit;
} LANTERN, *PLANTERN;

DRIVER_UNLOAD LanternUnload;
IO_WORKITEM_ROUTINE LanternWorker;
KSTART_ROUTINE LanternThread;

/* The unload routine runs at PASSIVE_LEVEL. */
VOID LanternUnload(PDRIVER_OBJECT Driver)
{
	PLANTERN lantern = Driver->DeviceObject->DeviceExtension;

	KeAcquireSpinLockAtDpcLevel(&lantern->Lock); /* expect: win-irql-too-low "KeAcquireSpinLockAtDpcLevel is called at passive level (driver-unload), but dispatch level" */
	lantern->Lit = 0;
	KeReleaseSpinLockFromDpcLevel(&lantern->Lock);
}

/* So does a work item. */
VOID LanternWorker(PDEVICE_OBJECT Device, PVOID Context)
{
	UNREFERENCED_PARAMETER(Context);
	IoStartNextPacket(Device, FALSE); /* expect: win-irql-too-low "IoStartNextPacket" */
}

/* And a thread. Whoever held the lock, this is not the way to give it back. */
VOID LanternThread(PVOID Context)
{
	PLANTERN lantern = Context;

	lantern->Lit++;
	KeReleaseSpinLockFromDpcLevel(&lantern->Lock); /* expect: win-irql-too-low "KeReleaseSpinLockFromDpcLevel" */
}

/* The function says itself that it runs low. */
/* trap: win-irql-too-low raised-elsewhere */
VOID LanternBlink(PLANTERN Lantern)
{
	PAGED_CODE();
	if (!KeTryToAcquireSpinLockAtDpcLevel(&Lantern->Lock)) /* expect: win-irql-too-low "KeTryToAcquireSpinLockAtDpcLevel" */
		return;
	Lantern->Lit ^= 1;
	KeReleaseSpinLockFromDpcLevel(&Lantern->Lock);
}

/* So does its annotation. */
/* trap: win-irql-too-low entry-unknown */
_IRQL_requires_max_(APC_LEVEL)
VOID LanternDim(PLANTERN Lantern)
{
	KeAcquireSpinLockAtDpcLevel(&Lantern->Lock); /* expect: win-irql-too-low "LanternDim" */
	Lantern->Lit = 1;
	KeReleaseSpinLockFromDpcLevel(&Lantern->Lock);
}

/* A test of the level tells. */
/* trap: win-irql-too-low tested */
VOID LanternNext(PLANTERN Lantern)
{
	if (KeGetCurrentIrql() == PASSIVE_LEVEL)
		IoStartNextPacket(Lantern->Device, TRUE); /* expect: win-irql-too-low "IoStartNextPacket" */
}
