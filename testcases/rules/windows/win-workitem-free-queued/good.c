/* Work items that are out of the queue when they are freed or queued again. */
#include <ntddk.h>

#define PARCEL_ITEMS 4

typedef struct _PARCEL {
	LIST_ENTRY Link;
	PDEVICE_OBJECT Device;
	PIO_WORKITEM Item;
	PIO_WORKITEM Items[PARCEL_ITEMS];
	KEVENT Done;
	KSPIN_LOCK Lock;
	LONG Queued;
	BOOLEAN Idle;
	ULONG Sent;
} PARCEL, *PPARCEL;

IO_WORKITEM_ROUTINE ParcelWorker;
IO_WORKITEM_ROUTINE ParcelAgainWorker;
IO_WORKITEM_ROUTINE ParcelEventWorker;

VOID ParcelPause(VOID);

/* Trap: it is out of the queue when its routine runs. */
/* trap: win-workitem-free-queued in-routine */
VOID ParcelWorker(PDEVICE_OBJECT Device, PVOID Context)
{
	PPARCEL parcel = Context;

	UNREFERENCED_PARAMETER(Device);
	parcel->Sent++;
	IoFreeWorkItem(parcel->Item); /* ok: win-workitem-free-queued */
}

VOID ParcelAgainWorker(PDEVICE_OBJECT Device, PVOID Context)
{
	PPARCEL parcel = Context;

	UNREFERENCED_PARAMETER(Device);
	if (parcel->Sent++ < 3) {
		IoQueueWorkItem(parcel->Item, ParcelAgainWorker, DelayedWorkQueue, parcel);
		return;
	}
	IoFreeWorkItem(parcel->Item); /* ok: win-workitem-free-queued */
}

VOID ParcelEventWorker(PDEVICE_OBJECT Device, PVOID Context)
{
	PPARCEL parcel = Context;

	UNREFERENCED_PARAMETER(Device);
	InterlockedExchange(&parcel->Queued, 0);
	KeSetEvent(&parcel->Done, IO_NO_INCREMENT, FALSE);
}

/* Trap: the event says that the routine has run. */
/* trap: win-workitem-free-queued waited-for */
NTSTATUS ParcelFlush(PPARCEL Parcel)
{
	PIO_WORKITEM item = IoAllocateWorkItem(Parcel->Device);

	if (item == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	KeClearEvent(&Parcel->Done);
	IoQueueWorkItem(item, ParcelEventWorker, DelayedWorkQueue, Parcel);
	KeWaitForSingleObject(&Parcel->Done, Executive, KernelMode, FALSE, NULL);
	IoFreeWorkItem(item); /* ok: win-workitem-free-queued */
	return STATUS_SUCCESS;
}

static VOID ParcelAwait(PPARCEL Parcel)
{
	KeWaitForSingleObject(&Parcel->Done, Executive, KernelMode, FALSE, NULL);
}

VOID ParcelRounds(PPARCEL Parcel, ULONG Count)
{
	ULONG i;

	for (i = 0; i < Count; i++) {
		KeClearEvent(&Parcel->Done);
		IoQueueWorkItem(Parcel->Item, ParcelEventWorker, DelayedWorkQueue, Parcel); /* ok: win-workitem-free-queued */
		ParcelAwait(Parcel);
	}
	IoFreeWorkItem(Parcel->Item); /* ok: win-workitem-free-queued */
}

/* Trap: the wait is in another file. */
VOID ParcelElsewhere(PPARCEL Parcel)
{
	IoQueueWorkItem(Parcel->Item, ParcelEventWorker, DelayedWorkQueue, Parcel);
	ParcelPause();
	IoFreeWorkItem(Parcel->Item); /* ok: win-workitem-free-queued */
}

/* Trap: an item for each round. */
/* trap: win-workitem-free-queued separate-items */
VOID ParcelAll(PPARCEL Parcel)
{
	ULONG i;

	for (i = 0; i < PARCEL_ITEMS; i++)
		IoQueueWorkItem(Parcel->Items[i], ParcelEventWorker, DelayedWorkQueue, Parcel); /* ok: win-workitem-free-queued */
	IoQueueWorkItem(Parcel->Item, ParcelEventWorker, DelayedWorkQueue, Parcel); /* ok: win-workitem-free-queued */
}

/* Trap: allocated anew. */
NTSTATUS ParcelMany(PPARCEL Parcel, ULONG Count)
{
	while (Count-- > 0) {
		Parcel->Item = IoAllocateWorkItem(Parcel->Device);
		if (Parcel->Item == NULL)
			return STATUS_INSUFFICIENT_RESOURCES;
		IoQueueWorkItem(Parcel->Item, ParcelWorker, DelayedWorkQueue, Parcel); /* ok: win-workitem-free-queued */
	}
	return STATUS_SUCCESS;
}

/* Trap: a number tells whether the routine has started. */
static VOID ParcelKick(PPARCEL Parcel)
{
	if (InterlockedExchange(&Parcel->Queued, 1) == 0)
		IoQueueWorkItem(Parcel->Item, ParcelEventWorker, DelayedWorkQueue, Parcel); /* ok: win-workitem-free-queued */
}

VOID ParcelKickTwice(PPARCEL Parcel)
{
	ParcelKick(Parcel);
	Parcel->Sent = 0;
	ParcelKick(Parcel);
}

/* Trap: a flag under a lock tells it. */
VOID ParcelDrop(PPARCEL Parcel)
{
	BOOLEAN idle;
	KIRQL irql;

	IoQueueWorkItem(Parcel->Item, ParcelEventWorker, DelayedWorkQueue, Parcel);
	KeAcquireSpinLock(&Parcel->Lock, &irql);
	idle = Parcel->Idle;
	KeReleaseSpinLock(&Parcel->Lock, irql);
	if (idle)
		IoFreeWorkItem(Parcel->Item); /* ok: win-workitem-free-queued */
}

/* Trap: the other branch. */
VOID ParcelOrNot(PPARCEL Parcel, BOOLEAN Send)
{
	if (Send)
		IoQueueWorkItem(Parcel->Item, ParcelEventWorker, DelayedWorkQueue, Parcel);
	else
		IoFreeWorkItem(Parcel->Item); /* ok: win-workitem-free-queued */
}

/* Trap: another parcel by the same name. */
VOID ParcelNext(PPARCEL Parcel, PPARCEL Next)
{
	IoQueueWorkItem(Parcel->Item, ParcelEventWorker, DelayedWorkQueue, Parcel);
	Parcel = Next;
	IoFreeWorkItem(Parcel->Item); /* ok: win-workitem-free-queued */
}

/* Trap: each of a list has its own. */
VOID ParcelList(PLIST_ENTRY Head)
{
	PLIST_ENTRY entry;

	for (entry = Head->Flink; entry != Head; entry = entry->Flink) {
		PPARCEL parcel = CONTAINING_RECORD(entry, PARCEL, Link);

		IoQueueWorkItem(parcel->Item, ParcelEventWorker, DelayedWorkQueue, parcel); /* ok: win-workitem-free-queued */
	}
}
