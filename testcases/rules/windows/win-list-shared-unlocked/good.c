/* The same lock everywhere. */
#include <ntddk.h>

typedef struct _MAILBOX {
	KSPIN_LOCK Lock;
	KDPC Dpc;
	SINGLE_LIST_ENTRY Letters;
	LIST_ENTRY Parcels;
} MAILBOX, *PMAILBOX;

typedef struct _LETTER {
	SINGLE_LIST_ENTRY Link;
} LETTER, *PLETTER;

typedef struct _PARCEL {
	LIST_ENTRY Link;
	LIST_ENTRY Contents;
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

NTSTATUS MailWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PMAILBOX box = Device->DeviceExtension;
	PLETTER letter = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(LETTER), 'liaM');

	if (!letter)
		return MailDone(Irp, STATUS_INSUFFICIENT_RESOURCES);
	ExInterlockedPushEntryList(&box->Letters, &letter->Link, &box->Lock);
	return MailDone(Irp, STATUS_SUCCESS);
}

/* trap: win-list-shared-unlocked held-by-caller */
static VOID MailKeep(PMAILBOX Box, PPARCEL Parcel)
{
	InsertTailList(&Box->Parcels, &Parcel->Link);
}

/* trap: win-list-shared-unlocked private-list */
NTSTATUS MailRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PMAILBOX box = Device->DeviceExtension;
	PPARCEL parcel = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(PARCEL), 'liaM');
	PPARCEL inner = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(PARCEL), 'liaM');
	KIRQL irql;

	if (!parcel || !inner) {
		if (parcel)
			ExFreePoolWithTag(parcel, 'liaM');
		if (inner)
			ExFreePoolWithTag(inner, 'liaM');
		return MailDone(Irp, STATUS_INSUFFICIENT_RESOURCES);
	}
	InitializeListHead(&parcel->Contents);
	InsertTailList(&parcel->Contents, &inner->Link);
	KeAcquireSpinLock(&box->Lock, &irql);
	MailKeep(box, parcel);
	KeReleaseSpinLock(&box->Lock, irql);
	return MailDone(Irp, STATUS_SUCCESS);
}

VOID MailDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PMAILBOX box = Context;
	PSINGLE_LIST_ENTRY link;
	PLIST_ENTRY parcel;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	link = ExInterlockedPopEntryList(&box->Letters, &box->Lock);
	if (link)
		ExFreePoolWithTag(CONTAINING_RECORD(link, LETTER, Link), 'liaM');
	parcel = ExInterlockedRemoveHeadList(&box->Parcels, &box->Lock);
	if (parcel)
		ExFreePoolWithTag(CONTAINING_RECORD(parcel, PARCEL, Link), 'liaM');
}

/* trap: win-list-shared-unlocked single-threaded */
VOID MailUnload(PDRIVER_OBJECT Driver)
{
	PMAILBOX box = MailDevice->DeviceExtension;

	UNREFERENCED_PARAMETER(Driver);
	KeFlushQueuedDpcs();
	while (!IsListEmpty(&box->Parcels))
		ExFreePoolWithTag(CONTAINING_RECORD(RemoveHeadList(&box->Parcels), PARCEL, Link), 'liaM');
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
