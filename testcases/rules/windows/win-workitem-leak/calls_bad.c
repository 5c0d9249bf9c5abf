/* A work item from a helper, neither queued nor freed on one path. */
#include <ntddk.h>

IO_WORKITEM_ROUTINE ChoreWorker;

VOID ChoreWorker(PDEVICE_OBJECT Device, PVOID Context)
{
	UNREFERENCED_PARAMETER(Device);
	IoFreeWorkItem(Context);
}

static PIO_WORKITEM ChoreMake(PDEVICE_OBJECT Device)
{
	return IoAllocateWorkItem(Device);
}

NTSTATUS ChoreStart(PDEVICE_OBJECT Device, BOOLEAN Late)
{
	PIO_WORKITEM item = ChoreMake(Device); /* note: win-workitem-leak "calls `ChoreMake`" */

	if (item == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (Late)
		return STATUS_TOO_LATE; /* expect: win-workitem-leak "item" */
	IoQueueWorkItem(item, ChoreWorker, DelayedWorkQueue, item);
	return STATUS_SUCCESS;
}
