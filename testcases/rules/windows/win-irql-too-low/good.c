/* Called at the level that the functions are made for, or at one that is not known. */
#include <ntddk.h>

typedef struct _LANTERN {
	KSPIN_LOCK Lock;
	PDEVICE_OBJECT Device;
	PIO_WORKITEM Item;
	ULONG Lit;
} LANTERN, *PLANTERN;

KDEFERRED_ROUTINE LanternDpc;
DRIVER_STARTIO LanternStart;
DRIVER_UNLOAD LanternUnload;
DRIVER_DISPATCH LanternControl;
IO_COMPLETION_ROUTINE LanternDone;

VOID LanternDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PLANTERN lantern = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	KeAcquireSpinLockAtDpcLevel(&lantern->Lock); /* ok: win-irql-too-low */
	lantern->Lit++;
	KeReleaseSpinLockFromDpcLevel(&lantern->Lock); /* ok: win-irql-too-low */
	IoStartNextPacket(lantern->Device, FALSE); /* ok: win-irql-too-low */
}

VOID LanternStart(PDEVICE_OBJECT Device, PIRP Irp)
{
	UNREFERENCED_PARAMETER(Irp);
	IoStartNextPacket(Device, FALSE); /* ok: win-irql-too-low */
}

/* The raising variants, and one raise for two locks. */
VOID LanternUnload(PDRIVER_OBJECT Driver)
{
	PLANTERN lantern = Driver->DeviceObject->DeviceExtension;
	KIRQL irql;

	KeAcquireSpinLock(&lantern->Lock, &irql); /* ok: win-irql-too-low */
	lantern->Lit = 0;
	KeReleaseSpinLock(&lantern->Lock, irql); /* ok: win-irql-too-low */
	irql = KeRaiseIrqlToDpcLevel();
	KeAcquireSpinLockAtDpcLevel(&lantern->Lock); /* ok: win-irql-too-low */
	lantern->Lit = 1;
	KeReleaseSpinLockFromDpcLevel(&lantern->Lock); /* ok: win-irql-too-low */
	KeLowerIrql(irql);
}

/* Trap: a dispatch routine may be entered at DISPATCH_LEVEL, and so may a function that nobody says anything of. */
/* trap: win-irql-too-low entry-unknown */
NTSTATUS LanternControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PLANTERN lantern = Device->DeviceExtension;

	KeAcquireSpinLockAtDpcLevel(&lantern->Lock); /* ok: win-irql-too-low */
	lantern->Lit = 2;
	KeReleaseSpinLockFromDpcLevel(&lantern->Lock); /* ok: win-irql-too-low */
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}

VOID LanternDim(PLANTERN Lantern)
{
	KeAcquireSpinLockAtDpcLevel(&Lantern->Lock); /* ok: win-irql-too-low */
	Lantern->Lit = 1;
	KeReleaseSpinLockFromDpcLevel(&Lantern->Lock); /* ok: win-irql-too-low */
}

/* Trap: only where the test says that it is high enough. */
/* trap: win-irql-too-low tested */
VOID LanternNext(PLANTERN Lantern)
{
	KIRQL irql = KeGetCurrentIrql();

	if (irql < DISPATCH_LEVEL)
		KeRaiseIrql(DISPATCH_LEVEL, &irql);
	IoStartNextPacket(Lantern->Device, TRUE); /* ok: win-irql-too-low */
	if (irql < DISPATCH_LEVEL)
		KeLowerIrql(irql);
}

/* Trap: raised to a level that is not known here, but surely for a reason. */
VOID LanternRaise(PLANTERN Lantern, KIRQL Level)
{
	KIRQL irql;

	PAGED_CODE();
	KeRaiseIrql(Level, &irql);
	IoStartNextPacket(Lantern->Device, TRUE); /* ok: win-irql-too-low */
	KeLowerIrql(irql);
}

/* Trap: a completion routine is called at whatever level the request is completed at. */
NTSTATUS LanternDone(PDEVICE_OBJECT Device, PIRP Irp, PVOID Context)
{
	PLANTERN lantern = Context;

	UNREFERENCED_PARAMETER(Device);
	if (Irp->PendingReturned)
		IoMarkIrpPending(Irp);
	KeAcquireSpinLockAtDpcLevel(&lantern->Lock); /* ok: win-irql-too-low */
	lantern->Lit++;
	KeReleaseSpinLockFromDpcLevel(&lantern->Lock); /* ok: win-irql-too-low */
	return STATUS_CONTINUE_COMPLETION;
}

/* Trap: a function of another file may have raised the level. */
KIRQL LanternEnter(PLANTERN Lantern);
VOID LanternExit(PLANTERN Lantern, KIRQL Irql);

/* trap: win-irql-too-low raised-elsewhere */
VOID LanternElsewhere(PLANTERN Lantern)
{
	KIRQL irql;

	PAGED_CODE();
	irql = LanternEnter(Lantern);
	IoStartNextPacket(Lantern->Device, TRUE); /* ok: win-irql-too-low */
	LanternExit(Lantern, irql);
}
