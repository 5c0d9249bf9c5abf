/* Threads ended that belong to others, or that hold something. */
#include <ntddk.h>

typedef struct _SHUTTLE {
	ERESOURCE Track;
	ULONG Rounds;
	BOOLEAN Stop;
} SHUTTLE, *PSHUTTLE;

DRIVER_DISPATCH ShuttleClose;
IO_WORKITEM_ROUTINE ShuttleWork;
KSTART_ROUTINE ShuttleThread;

NTSTATUS ShuttleClose(PDEVICE_OBJECT Device, PIRP Irp)
{
	PSHUTTLE shuttle = Device->DeviceExtension;

	shuttle->Stop = TRUE;
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	PsTerminateSystemThread(STATUS_SUCCESS); /* expect: win-thread-terminate "ShuttleClose" */
	return STATUS_SUCCESS;
}

/* trap: win-thread-terminate helper-of-thread
 * trap: win-thread-terminate plain-return
 * A work item is not the driver's own thread: it has to return. */
VOID ShuttleWork(PDEVICE_OBJECT Device, PVOID Context)
{
	PSHUTTLE shuttle = Context;

	UNREFERENCED_PARAMETER(Device);
	shuttle->Rounds++;
	PsTerminateSystemThread(STATUS_SUCCESS); /* expect: win-thread-terminate "ShuttleWork" */
}

VOID ShuttleThread(PVOID Context)
{
	PSHUTTLE shuttle = Context;

	KeEnterCriticalRegion();
	ExAcquireResourceExclusiveLite(&shuttle->Track, TRUE); /* note: win-thread-terminate "shuttle->Track" */
	if (shuttle->Stop)
		PsTerminateSystemThread(STATUS_SUCCESS); /* expect: win-thread-terminate "shuttle->Track" */
	shuttle->Rounds++;
	ExReleaseResourceLite(&shuttle->Track);
	KeLeaveCriticalRegion();
}
