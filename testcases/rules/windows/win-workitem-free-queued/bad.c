/* Work items that are still in the queue when they are freed or queued again. */
#include <ntddk.h>

#define PARCEL_TAG 'crPa'

typedef struct _PARCEL {
	PDEVICE_OBJECT Device;
	PIO_WORKITEM Item;
	KEVENT Done;
	ULONG Sent;
} PARCEL, *PPARCEL;

IO_WORKITEM_ROUTINE ParcelWorker;
IO_WORKITEM_ROUTINE ParcelAgainWorker;

VOID ParcelWorker(PDEVICE_OBJECT Device, PVOID Context)
{
	PPARCEL parcel = Context;

	UNREFERENCED_PARAMETER(Device);
	parcel->Sent++;
	KeSetEvent(&parcel->Done, IO_NO_INCREMENT, FALSE);
}

/* Freed at once. */
NTSTATUS ParcelSend(PPARCEL Parcel)
{
	PIO_WORKITEM item = IoAllocateWorkItem(Parcel->Device);

	if (item == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	IoQueueWorkItem(item, ParcelWorker, DelayedWorkQueue, Parcel); /* note: win-workitem-free-queued "item" */
	IoFreeWorkItem(item); /* expect: win-workitem-free-queued "item is freed" */
	return STATUS_SUCCESS;
}

/* Freed before the wait. */
/* trap: win-workitem-free-queued waited-for */
VOID ParcelFlush(PPARCEL Parcel)
{
	KeClearEvent(&Parcel->Done);
	IoQueueWorkItem(Parcel->Item, ParcelWorker, DelayedWorkQueue, Parcel);
	IoFreeWorkItem(Parcel->Item); /* expect: win-workitem-free-queued "Parcel->Item is freed" */
	Parcel->Item = NULL;
	KeWaitForSingleObject(&Parcel->Done, Executive, KernelMode, FALSE, NULL);
}

/* One item for two errands. */
/* trap: win-workitem-free-queued separate-items */
VOID ParcelTwice(PPARCEL Parcel)
{
	IoQueueWorkItem(Parcel->Item, ParcelWorker, DelayedWorkQueue, Parcel);
	IoQueueWorkItem(Parcel->Item, ParcelAgainWorker, /* expect: win-workitem-free-queued "Parcel->Item is queued again" */
			DelayedWorkQueue, Parcel);
}

/* One item for all rounds. */
VOID ParcelRounds(PPARCEL Parcel, ULONG Count)
{
	ULONG i;

	for (i = 0; i < Count; i++)
		IoQueueWorkItem(Parcel->Item, ParcelWorker, /* expect: win-workitem-free-queued "queued again" */
				DelayedWorkQueue, Parcel);
}

/* First queued again, then freed. */
/* trap: win-workitem-free-queued in-routine */
VOID ParcelAgainWorker(PDEVICE_OBJECT Device, PVOID Context)
{
	PPARCEL parcel = Context;

	UNREFERENCED_PARAMETER(Device);
	if (parcel->Sent++ < 3)
		IoQueueWorkItem(parcel->Item, ParcelAgainWorker, DelayedWorkQueue, parcel);
	IoFreeWorkItem(parcel->Item); /* expect: win-workitem-free-queued "parcel->Item is freed" */
}

static VOID ParcelQueue(PPARCEL Parcel)
{
	IoQueueWorkItem(Parcel->Item, ParcelWorker, CriticalWorkQueue, Parcel);
}

/* Queued by a helper. */
VOID ParcelHelped(PPARCEL Parcel, BOOLEAN Last)
{
	ParcelQueue(Parcel);
	if (Last)
		IoFreeWorkItem(Parcel->Item); /* expect: win-workitem-free-queued "Parcel->Item" */
}

/* In memory of the driver's own. */
NTSTATUS ParcelOwn(PPARCEL Parcel)
{
	PIO_WORKITEM item = ExAllocatePool2(POOL_FLAG_NON_PAGED, IoSizeofWorkItem(), PARCEL_TAG);

	if (item == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	IoInitializeWorkItem(Parcel->Device, item);
	IoQueueWorkItem(item, ParcelWorker, DelayedWorkQueue, Parcel);
	IoUninitializeWorkItem(item); /* expect: win-workitem-free-queued "item is freed" */
	ExFreePoolWithTag(item, PARCEL_TAG);
	return STATUS_SUCCESS;
}
