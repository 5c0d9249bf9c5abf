/* The unload routine deletes one list of three. */
#include <ntddk.h>

#define TRAY_TAG 'yarT'

typedef struct _TRAY {
	LIST_ENTRY Link;
	ULONG Weight;
} TRAY, *PTRAY;

static NPAGED_LOOKASIDE_LIST TrayList;
static PAGED_LOOKASIDE_LIST LabelList;
static LOOKASIDE_LIST_EX ScrapList;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD TrayUnload;

VOID TrayUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	ExDeletePagedLookasideList(&LabelList);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING RegistryPath)
{
	NTSTATUS status;

	UNREFERENCED_PARAMETER(RegistryPath);
	Driver->DriverUnload = TrayUnload;
	status = ExInitializeLookasideListEx(&ScrapList, NULL, NULL, NonPagedPoolNx, 0, sizeof(TRAY), TRAY_TAG, 0); /* expect: win-lookaside-not-deleted "ScrapList" */
	if (!NT_SUCCESS(status))
		return status;
	ExInitializeNPagedLookasideList(&TrayList, NULL, NULL, POOL_NX_ALLOCATION, sizeof(TRAY), TRAY_TAG, 0); /* expect: win-lookaside-not-deleted "TrayList" */
	ExInitializePagedLookasideList(&LabelList, NULL, NULL, 0, 64, TRAY_TAG, 0);
	return STATUS_SUCCESS;
}
