/* Known gap: queued with a routine that does not free it, and no other name for it is left. */
#include <ntddk.h>

IO_WORKITEM_ROUTINE ErrandForget;

VOID ErrandForget(PDEVICE_OBJECT Device, PVOID Context)
{
	UNREFERENCED_PARAMETER(Device);
	UNREFERENCED_PARAMETER(Context);
	DbgPrint("done\n");
}

NTSTATUS ErrandLose(PDEVICE_OBJECT Device)
{
	PIO_WORKITEM item = IoAllocateWorkItem(Device);

	if (item == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	IoQueueWorkItem(item, ErrandForget, DelayedWorkQueue, NULL);
	return STATUS_SUCCESS; /* todo-expect: win-workitem-leak "item" */
}
