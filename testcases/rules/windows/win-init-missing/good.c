/* Initialised, each in its way. */
#include <ntddk.h>

typedef struct _SCALE {
	KSPIN_LOCK Lock;
	KEVENT Stable;
	LIST_ENTRY Samples;
	LONG Weight;
} SCALE, *PSCALE;

typedef struct _SAMPLE {
	LIST_ENTRY Link;
	LONG Weight;
} SAMPLE, *PSAMPLE;

static KSPIN_LOCK ScaleLock;
static PDEVICE_OBJECT ScaleDevice;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ScaleUnload;

static VOID LockPrepare(PKSPIN_LOCK Lock)
{
	KeInitializeSpinLock(Lock);
}

/* trap: win-init-missing helper */
static VOID ScalePrepare(PSCALE Scale)
{
	LockPrepare(&Scale->Lock);
	KeInitializeEvent(&Scale->Stable, NotificationEvent, FALSE);
	InitializeListHead(&Scale->Samples);
}

/* trap: win-init-missing list-entry */
VOID ScaleKeep(PSCALE Scale, PSAMPLE Sample, PSAMPLE Next)
{
	KIRQL irql;

	KeAcquireSpinLock(&Scale->Lock, &irql);
	Sample->Weight = Scale->Weight;
	InsertTailList(&Scale->Samples, &Sample->Link);
	InsertHeadList(&Sample->Link, &Next->Link);
	KeReleaseSpinLock(&Scale->Lock, irql);
	KeSetEvent(&Scale->Stable, IO_NO_INCREMENT, FALSE);
}

/* trap: win-init-missing of-system */
VOID ScaleSignal(PIRP Irp, PDEVICE_OBJECT Device)
{
	KIRQL irql;

	KeAcquireSpinLock(&ScaleLock, &irql);
	KeReleaseSpinLock(&ScaleLock, irql);
	KeSetEvent(Irp->UserEvent, IO_NO_INCREMENT, FALSE);
	KeSetEvent(&Device->DeviceLock, IO_NO_INCREMENT, FALSE);
}

VOID ScaleUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	IoDeleteDevice(ScaleDevice);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	NTSTATUS status;

	UNREFERENCED_PARAMETER(Path);
	KeInitializeSpinLock(&ScaleLock);
	status = IoCreateDevice(Driver, sizeof(SCALE), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &ScaleDevice);
	if (!NT_SUCCESS(status))
		return status;
	ScalePrepare(ScaleDevice->DeviceExtension);
	Driver->DriverUnload = ScaleUnload;
	return STATUS_SUCCESS;
}

VOID ScaleDeferred(PKDPC Dpc, PDEVICE_OBJECT Device, PIRP Irp, PVOID Context);
IO_TIMER_ROUTINE ScaleSecond;

/* trap: win-init-missing io-forms */
NTSTATUS ScaleArm(PDEVICE_OBJECT Device)
{
	NTSTATUS status = IoInitializeTimer(Device, ScaleSecond, NULL);

	if (!NT_SUCCESS(status))
		return status;
	IoInitializeDpcRequest(Device, ScaleDeferred);
	IoRequestDpc(Device, NULL, NULL);
	KeInsertQueueDpc(&Device->Dpc, NULL, NULL); /* ok: win-init-missing */
	KeFlushQueuedDpcs();
	return STATUS_SUCCESS;
}
