/* A work item from a helper, queued or freed by others. */
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

static VOID ChoreDrop(PIO_WORKITEM Item)
{
	IoFreeWorkItem(Item);
}

static VOID ChoreQueue(PIO_WORKITEM Item)
{
	IoQueueWorkItem(Item, ChoreWorker, DelayedWorkQueue, Item);
}

NTSTATUS ChoreStart(PDEVICE_OBJECT Device, BOOLEAN Late)
{
	PIO_WORKITEM item = ChoreMake(Device);

	if (item == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (Late) {
		ChoreDrop(item);
		return STATUS_TOO_LATE; /* ok: win-workitem-leak */
	}
	ChoreQueue(item);
	return STATUS_SUCCESS; /* ok: win-workitem-leak */
}
