/* A feeder whose routines end whatever thread they run in. */
#include <ntddk.h>

typedef struct _FEEDER {
	ERESOURCE Lock;
	BOOLEAN Stop;
	ULONG Fed;
} FEEDER, *PFEEDER;

DRIVER_DISPATCH FeederControl;
DRIVER_DISPATCH FeederFeed;
DRIVER_UNLOAD FeederUnload;
IO_WORKITEM_ROUTINE FeederWork;
KSTART_ROUTINE FeederThread;

static FEEDER Feeder;
static PETHREAD FeederObject;

/* Nothing returns to the I/O manager when it works, and when it fails the request stays open. */
/* trap: win-thread-terminate plain-return */
NTSTATUS FeederControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PFEEDER feeder = Device->DeviceExtension;

	feeder->Stop = TRUE;
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return PsTerminateSystemThread(STATUS_SUCCESS); /* expect: win-thread-terminate "runs FeederControl as dispatch" */
}

static VOID FeederLast(PFEEDER Ext)
{
	Ext->Fed = 0;
	PsTerminateSystemThread(STATUS_SUCCESS); /* expect: win-thread-terminate "runs FeederWork as work-item-routine" */
}

/* trap: win-thread-terminate thread-helper */
VOID FeederWork(PDEVICE_OBJECT Device, PVOID Context) /* note: win-thread-terminate "FeederWork" */
{
	UNREFERENCED_PARAMETER(Device);
	FeederLast(Context);
}

NTSTATUS FeederPrepare(PFEEDER Ext)
{
	Ext->Stop = FALSE;
	return ExInitializeResourceLite(&Ext->Lock);
}

VOID FeederThread(PVOID Context)
{
	PFEEDER feeder = Context;

	KeEnterCriticalRegion();
	ExAcquireResourceExclusiveLite(&feeder->Lock, TRUE);
	feeder->Fed++;
	if (feeder->Stop)
		PsTerminateSystemThread(STATUS_SUCCESS); /* expect: win-thread-terminate "is still held, and nobody can release it" */
	ExReleaseResourceLite(&feeder->Lock);
	KeLeaveCriticalRegion();
}

VOID FeederUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	Feeder.Stop = TRUE;
	KeWaitForSingleObject(FeederObject, Executive, KernelMode, FALSE, NULL);
	ObDereferenceObject(FeederObject);
	PsTerminateSystemThread(STATUS_SUCCESS); /* expect: win-thread-terminate "as driver-unload" */
}
