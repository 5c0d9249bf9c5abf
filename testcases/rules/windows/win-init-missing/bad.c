/* Objects that nobody initialises. */
#include <ntddk.h>

typedef struct _SCALE {
	KSPIN_LOCK Lock;
	KEVENT Stable;
	KTIMER Timer;
	KDPC Dpc;
	LIST_ENTRY Samples;
	FAST_MUTEX Setup;
	IO_REMOVE_LOCK Removal;
	NPAGED_LOOKASIDE_LIST Pool;
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

/* trap: win-init-missing of-system */
VOID ScalePut(PSCALE Scale, LONG Weight)
{
	KIRQL irql;

	KeAcquireSpinLock(&ScaleLock, &irql); /* expect: win-init-missing "ScaleLock is used here, but nothing" */ /* note: win-init-missing "ScaleLock is used here, but nothing in the" */
	Scale->Weight = Weight;
	KeReleaseSpinLock(&ScaleLock, irql);
	KeSetEvent(&Scale->Stable, IO_NO_INCREMENT, FALSE); /* expect: win-init-missing "Scale->Stable" */
}

NTSTATUS ScaleEnter(PSCALE Scale, PVOID Tag)
{
	return IoAcquireRemoveLock(&Scale->Removal, Tag); /* expect: win-init-missing "Scale->Removal" */
}

/* trap: win-init-missing list-entry */
VOID ScaleKeep(PSCALE Scale)
{
	PSAMPLE sample = ExAllocateFromNPagedLookasideList(&Scale->Pool); /* expect: win-init-missing "Scale->Pool" */
	KIRQL irql;

	if (!sample)
		return;
	KeAcquireSpinLock(&Scale->Lock, &irql); /* expect: win-init-missing "Scale->Lock" */
	sample->Weight = Scale->Weight;
	InsertTailList(&Scale->Samples, &sample->Link); /* expect: win-init-missing "Scale->Samples" */
	KeReleaseSpinLock(&Scale->Lock, irql);
}

/* trap: win-init-missing helper */
static VOID ScalePrepare(PSCALE Scale)
{
	LARGE_INTEGER due;

	due.QuadPart = -10000000;
	KeSetTimer(&Scale->Timer, due, NULL);	     /* expect: win-init-missing "Scale->Timer" */
	KeInsertQueueDpc(&Scale->Dpc, NULL, NULL); /* expect: win-init-missing "Scale->Dpc" */
	ExAcquireFastMutex(&Scale->Setup); /* expect: win-init-missing "Scale->Setup" */
	Scale->Weight = 0;
	ExReleaseFastMutex(&Scale->Setup);
}

VOID ScaleUnload(PDRIVER_OBJECT Driver)
{
	PSCALE scale = ScaleDevice->DeviceExtension;

	UNREFERENCED_PARAMETER(Driver);
	KeCancelTimer(&scale->Timer);
	KeFlushQueuedDpcs();
	IoDeleteDevice(ScaleDevice);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	NTSTATUS status;

	UNREFERENCED_PARAMETER(Path);
	status = IoCreateDevice(Driver, sizeof(SCALE), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &ScaleDevice);
	if (!NT_SUCCESS(status))
		return status;
	ScalePrepare(ScaleDevice->DeviceExtension);
	Driver->DriverUnload = ScaleUnload;
	return STATUS_SUCCESS;
}

static KDPC ScaleOwnDpc;

VOID ScaleDeferred(PKDPC Dpc, PDEVICE_OBJECT Device, PIRP Irp, PVOID Context);

/* The one of the device is initialised, another one is queued. */
/* trap: win-init-missing io-forms */
VOID ScaleArm(PDEVICE_OBJECT Device)
{
	IoInitializeDpcRequest(Device, ScaleDeferred);
	KeInsertQueueDpc(&ScaleOwnDpc, NULL, NULL); /* expect: win-init-missing "ScaleOwnDpc" */
}
