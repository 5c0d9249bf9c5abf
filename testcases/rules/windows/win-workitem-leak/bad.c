/* Work items that are allocated and neither queued, kept nor freed. */
#include <ntddk.h>

#define ERRAND_TAG 'arrE'

typedef struct _ERRAND {
	PIO_WORKITEM Item;
	ULONG Code;
} ERRAND, *PERRAND;

IO_WORKITEM_ROUTINE ErrandWorker;
IO_WORKITEM_ROUTINE ErrandSimpleWorker;

VOID ErrandWorker(PDEVICE_OBJECT Device, PVOID Context)
{
	PERRAND errand = Context;

	UNREFERENCED_PARAMETER(Device);
	IoFreeWorkItem(errand->Item);
	ExFreePoolWithTag(errand, ERRAND_TAG);
}

VOID ErrandSimpleWorker(PDEVICE_OBJECT Device, PVOID Context)
{
	UNREFERENCED_PARAMETER(Device);
	IoFreeWorkItem(Context);
}

/* The check comes after the allocation. */
/* trap: win-workitem-leak kept-in-extension */
NTSTATUS ErrandStart(PDEVICE_OBJECT Device, ULONG Code)
{
	PIO_WORKITEM item = IoAllocateWorkItem(Device); /* note: win-workitem-leak "item" */

	if (item == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (Code == 0)
		return STATUS_INVALID_PARAMETER; /* expect: win-workitem-leak "item" */
	IoQueueWorkItem(item, ErrandSimpleWorker, DelayedWorkQueue, item);
	return STATUS_SUCCESS;
}

/* The context fails and the item is forgotten. */
/* trap: win-workitem-leak freed-by-routine */
NTSTATUS ErrandSend(PDEVICE_OBJECT Device, ULONG Code)
{
	PIO_WORKITEM item = IoAllocateWorkItem(Device); /* note: win-workitem-leak "item" */
	PERRAND errand;

	if (item == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	errand = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(ERRAND), ERRAND_TAG);
	if (errand == NULL)
		return STATUS_INSUFFICIENT_RESOURCES; /* expect: win-workitem-leak "item" */
	errand->Item = item;
	errand->Code = Code;
	IoQueueWorkItem(item, ErrandWorker, DelayedWorkQueue, errand);
	return STATUS_SUCCESS;
}

/* Freed with the record on one path, the record alone on the other. */
NTSTATUS ErrandCheck(PDEVICE_OBJECT Device, ULONG Code)
{
	NTSTATUS status = STATUS_SUCCESS;
	PERRAND errand;

	errand = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(ERRAND), ERRAND_TAG);
	if (errand == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	errand->Item = IoAllocateWorkItem(Device); /* note: win-workitem-leak "errand->Item" */
	if (errand->Item == NULL) {
		status = STATUS_INSUFFICIENT_RESOURCES;
		goto FreeErrand;
	}
	if (Code == 0) {
		status = STATUS_INVALID_PARAMETER;
		goto FreeErrand;
	}
	errand->Code = Code;
	IoQueueWorkItem(errand->Item, ErrandWorker, DelayedWorkQueue, errand);
	return STATUS_SUCCESS;
FreeErrand:
	ExFreePoolWithTag(errand, ERRAND_TAG);
	return status; /* expect: win-workitem-leak "errand->Item" */
}

/* Queued under one condition, freed under another. */
VOID ErrandMaybe(PDEVICE_OBJECT Device, BOOLEAN Now, BOOLEAN Never)
{
	PIO_WORKITEM item = IoAllocateWorkItem(Device); /* note: win-workitem-leak "item" */

	if (item == NULL)
		return;
	if (Now)
		IoQueueWorkItem(item, ErrandSimpleWorker, CriticalWorkQueue, item);
	else if (Never)
		IoFreeWorkItem(item);
} /* expect: win-workitem-leak "item" */
