/* A lookaside list that the unload routine forgets. */
#include <ntddk.h>

#define TRAY_TAG 'yarT'

typedef struct _TRAY {
	LIST_ENTRY Link;
	ULONG Weight;
} TRAY, *PTRAY;

static NPAGED_LOOKASIDE_LIST TrayList;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD TrayUnload;

VOID TrayUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	DbgPrint("unloaded\n");
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING RegistryPath)
{
	UNREFERENCED_PARAMETER(RegistryPath);
	Driver->DriverUnload = TrayUnload;
	ExInitializeNPagedLookasideList(&TrayList, NULL, NULL, POOL_NX_ALLOCATION, sizeof(TRAY), TRAY_TAG, 0); /* expect: win-lookaside-not-deleted "TrayList" */
	return STATUS_SUCCESS;
}
