/* Freed on the early paths, by the routine, or with the device. */
#include <ntddk.h>

#define ERRAND_TAG 'arrE'

typedef struct _ERRAND {
	PIO_WORKITEM Item;
	ULONG Code;
} ERRAND, *PERRAND;

typedef struct _ERRAND_EXTENSION {
	PIO_WORKITEM Item;
	ULONG Count;
} ERRAND_EXTENSION, *PERRAND_EXTENSION;

IO_WORKITEM_ROUTINE ErrandWorker;
IO_WORKITEM_ROUTINE ErrandSimpleWorker;
IO_WORKITEM_ROUTINE ErrandExtensionWorker;

/* Trap: passed in the context, and freed by the routine. */
/* trap: win-workitem-leak freed-by-routine */
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

NTSTATUS ErrandStart(PDEVICE_OBJECT Device, ULONG Code)
{
	PIO_WORKITEM item = IoAllocateWorkItem(Device);

	if (item == NULL)
		return STATUS_INSUFFICIENT_RESOURCES; /* ok: win-workitem-leak */
	if (Code == 0) {
		IoFreeWorkItem(item);
		return STATUS_INVALID_PARAMETER; /* ok: win-workitem-leak */
	}
	IoQueueWorkItem(item, ErrandSimpleWorker, DelayedWorkQueue, item);
	return STATUS_SUCCESS; /* ok: win-workitem-leak */
}

NTSTATUS ErrandSend(PDEVICE_OBJECT Device, ULONG Code)
{
	PERRAND errand = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(ERRAND), ERRAND_TAG);

	if (errand == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	errand->Item = IoAllocateWorkItem(Device);
	if (errand->Item == NULL)
		goto FreeErrand;
	errand->Code = Code;
	IoQueueWorkItem(errand->Item, ErrandWorker, DelayedWorkQueue, errand);
	return STATUS_SUCCESS; /* ok: win-workitem-leak */
FreeErrand:
	ExFreePoolWithTag(errand, ERRAND_TAG);
	return STATUS_INSUFFICIENT_RESOURCES; /* ok: win-workitem-leak */
}

/* Trap: kept in the extension, used again and again, freed at removal. */
VOID ErrandExtensionWorker(PDEVICE_OBJECT Device, PVOID Context)
{
	PERRAND_EXTENSION ext = Context;

	UNREFERENCED_PARAMETER(Device);
	ext->Count++;
}

/* trap: win-workitem-leak kept-in-extension */
NTSTATUS ErrandInit(PDEVICE_OBJECT Device)
{
	PERRAND_EXTENSION ext = Device->DeviceExtension;
	PIO_WORKITEM item = IoAllocateWorkItem(Device);

	if (item == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	ext->Item = item;
	return STATUS_SUCCESS; /* ok: win-workitem-leak */
}

VOID ErrandRun(PERRAND_EXTENSION Ext)
{
	IoQueueWorkItem(Ext->Item, ErrandExtensionWorker, DelayedWorkQueue, Ext);
} /* ok: win-workitem-leak */

VOID ErrandRemove(PERRAND_EXTENSION Ext)
{
	IoFreeWorkItem(Ext->Item);
	Ext->Item = NULL;
}

/* Trap: returned. */
PIO_WORKITEM ErrandNew(PDEVICE_OBJECT Device)
{
	return IoAllocateWorkItem(Device); /* ok: win-workitem-leak */
}

/* Trap: the newer form gives the item to the routine as a parameter. */
static VOID NTAPI ErrandExWorker(PVOID Object, PVOID Context, PIO_WORKITEM Item)
{
	UNREFERENCED_PARAMETER(Object);
	UNREFERENCED_PARAMETER(Context);
	IoFreeWorkItem(Item);
}

NTSTATUS ErrandEx(PDEVICE_OBJECT Device)
{
	PIO_WORKITEM item = IoAllocateWorkItem(Device);

	if (item == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	IoQueueWorkItemEx(item, ErrandExWorker, DelayedWorkQueue, NULL);
	return STATUS_SUCCESS; /* ok: win-workitem-leak */
}
