/* A list that a dispatch routine and a DPC share. */
#include <ntddk.h>

typedef struct _MAILBOX {
	KSPIN_LOCK Lock;
	KDPC Dpc;
	SINGLE_LIST_ENTRY Letters;
	LIST_ENTRY Parcels;
	LONG Count;
} MAILBOX, *PMAILBOX;

typedef struct _LETTER {
	SINGLE_LIST_ENTRY Link;
} LETTER, *PLETTER;

typedef struct _PARCEL {
	LIST_ENTRY Link;
} PARCEL, *PPARCEL;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD MailUnload;
DRIVER_DISPATCH MailWrite;
DRIVER_DISPATCH MailRead;
KDEFERRED_ROUTINE MailDpc;

static PDEVICE_OBJECT MailDevice;

static NTSTATUS MailDone(PIRP Irp, NTSTATUS Status)
{
	Irp->IoStatus.Status = Status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return Status;
}

/* trap: win-list-shared-unlocked private-list */
NTSTATUS MailWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PMAILBOX box = Device->DeviceExtension;
	PLETTER letter = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(LETTER), 'liaM');

	if (!letter)
		return MailDone(Irp, STATUS_INSUFFICIENT_RESOURCES);
	PushEntryList(&box->Letters, &letter->Link); /* expect: win-list-shared-unlocked "box->Letters is used here without any lock, while MailDpc" */
	return MailDone(Irp, STATUS_SUCCESS);
}

/* trap: win-list-shared-unlocked held-by-caller */
static VOID MailKeep(PMAILBOX Box, PPARCEL Parcel)
{
	InsertTailList(&Box->Parcels, &Parcel->Link); /* expect: win-list-shared-unlocked "without `struct _MAILBOX.Lock`" */
}

/* trap: win-list-shared-unlocked single-threaded */
NTSTATUS MailRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PMAILBOX box = Device->DeviceExtension;
	PPARCEL parcel = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(PARCEL), 'liaM');

	if (!parcel)
		return MailDone(Irp, STATUS_INSUFFICIENT_RESOURCES);
	MailKeep(box, parcel);
	return MailDone(Irp, STATUS_SUCCESS);
}

VOID MailDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2) /* note: win-list-shared-unlocked "`MailDpc` is called as deferred-procedure" */
{
	PMAILBOX box = Context;
	PSINGLE_LIST_ENTRY link;
	PLIST_ENTRY parcel;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	link = PopEntryList(&box->Letters);
	if (link)
		ExFreePoolWithTag(CONTAINING_RECORD(link, LETTER, Link), 'liaM');
	parcel = ExInterlockedRemoveHeadList(&box->Parcels, &box->Lock);
	if (parcel)
		ExFreePoolWithTag(CONTAINING_RECORD(parcel, PARCEL, Link), 'liaM');
}

VOID MailUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	KeFlushQueuedDpcs();
	IoDeleteDevice(MailDevice);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	NTSTATUS status;
	PMAILBOX box;

	UNREFERENCED_PARAMETER(Path);
	status = IoCreateDevice(Driver, sizeof(MAILBOX), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &MailDevice);
	if (!NT_SUCCESS(status))
		return status;
	box = MailDevice->DeviceExtension;
	KeInitializeSpinLock(&box->Lock);
	KeInitializeDpc(&box->Dpc, MailDpc, box);
	InitializeListHead(&box->Parcels);
	Driver->MajorFunction[IRP_MJ_WRITE] = MailWrite;
	Driver->MajorFunction[IRP_MJ_READ] = MailRead;
	Driver->DriverUnload = MailUnload;
	KeInsertQueueDpc(&box->Dpc, NULL, NULL);
	return STATUS_SUCCESS;
}
