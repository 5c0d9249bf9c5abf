/* Deleted on the failure paths, in the unload routine, or with the device. */
#include <ntddk.h>

#define TRAY_TAG 'yarT'

typedef struct _TRAY {
	LIST_ENTRY Link;
	ULONG Weight;
} TRAY, *PTRAY;

typedef struct _TRAY_EXTENSION {
	NPAGED_LOOKASIDE_LIST Trays;
	LOOKASIDE_LIST_EX Labels;
	PNPAGED_LOOKASIDE_LIST Scrap;
	PDEVICE_OBJECT Lower;
} TRAY_EXTENSION, *PTRAY_EXTENSION;

static NPAGED_LOOKASIDE_LIST TrayList;
static PAGED_LOOKASIDE_LIST LabelList;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD TrayUnload;

NTSTATUS TrayCount(ULONG Count)
{
	NPAGED_LOOKASIDE_LIST local;
	NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;
	PTRAY tray;

	ExInitializeNPagedLookasideList(&local, NULL, NULL, POOL_NX_ALLOCATION, sizeof(TRAY), TRAY_TAG, 0);
	tray = ExAllocateFromNPagedLookasideList(&local);
	if (tray != NULL) {
		tray->Weight = Count;
		ExFreeToNPagedLookasideList(&local, tray);
		status = STATUS_SUCCESS;
	}
	ExDeleteNPagedLookasideList(&local);
	return status; /* ok: win-lookaside-not-deleted */
}

NTSTATUS TrayProbe(BOOLEAN Ready)
{
	PNPAGED_LOOKASIDE_LIST list = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(NPAGED_LOOKASIDE_LIST), TRAY_TAG);
	NTSTATUS status = STATUS_SUCCESS;

	if (list == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	ExInitializeNPagedLookasideList(list, NULL, NULL, POOL_NX_ALLOCATION, sizeof(TRAY), TRAY_TAG, 0);
	if (!Ready)
		status = STATUS_DEVICE_NOT_READY;
	ExDeleteNPagedLookasideList(list);
	ExFreePoolWithTag(list, TRAY_TAG);
	return status; /* ok: win-lookaside-not-deleted */
}

/* Trap: lists in the device extension, deleted when the device goes. */
/* trap: win-lookaside-not-deleted kept-in-extension */
NTSTATUS TrayStart(PDEVICE_OBJECT Device)
{
	PTRAY_EXTENSION ext = Device->DeviceExtension;
	NTSTATUS status;

	status = ExInitializeLookasideListEx(&ext->Labels, NULL, NULL, NonPagedPoolNx, 0, sizeof(TRAY), TRAY_TAG, 0);
	if (!NT_SUCCESS(status))
		return status; /* ok: win-lookaside-not-deleted */
	ExInitializeNPagedLookasideList(&ext->Trays, NULL, NULL, POOL_NX_ALLOCATION, sizeof(TRAY), TRAY_TAG, 0);
	return STATUS_SUCCESS; /* ok: win-lookaside-not-deleted */
}

VOID TrayRemove(PDEVICE_OBJECT Device)
{
	PTRAY_EXTENSION ext = Device->DeviceExtension;

	ExDeleteNPagedLookasideList(&ext->Trays);
	ExDeleteLookasideListEx(&ext->Labels);
}

/* Trap: the list itself is in pool, and the extension keeps it. */
NTSTATUS TrayKeep(PTRAY_EXTENSION Ext)
{
	PNPAGED_LOOKASIDE_LIST list = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(NPAGED_LOOKASIDE_LIST), TRAY_TAG);

	if (list == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	ExInitializeNPagedLookasideList(list, NULL, NULL, POOL_NX_ALLOCATION, sizeof(TRAY), TRAY_TAG, 0);
	Ext->Scrap = list;
	return STATUS_SUCCESS; /* ok: win-lookaside-not-deleted */
}

/* Trap: the unload routine calls a helper that deletes. */
/* trap: win-lookaside-not-deleted each-its-kind */
static VOID TrayCleanup(VOID)
{
	ExDeleteNPagedLookasideList(&TrayList);
	ExDeletePagedLookasideList(&LabelList);
}

VOID TrayUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	TrayCleanup();
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING RegistryPath)
{
	Driver->DriverUnload = TrayUnload;
	ExInitializeNPagedLookasideList(&TrayList, NULL, NULL, POOL_NX_ALLOCATION, sizeof(TRAY), TRAY_TAG, 0); /* ok: win-lookaside-not-deleted */
	ExInitializePagedLookasideList(&LabelList, NULL, NULL, 0, 64, TRAY_TAG, 0); /* ok: win-lookaside-not-deleted */
	if (RegistryPath->Length == 0) {
		TrayCleanup();
		return STATUS_INVALID_PARAMETER; /* ok: win-lookaside-not-deleted */
	}
	return STATUS_SUCCESS; /* ok: win-lookaside-not-deleted */
}
