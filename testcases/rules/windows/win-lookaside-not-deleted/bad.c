/* Lookaside lists that are initialised and never deleted on some path, or at all. */
#include <ntddk.h>

#define TRAY_TAG 'yarT'

typedef struct _TRAY {
	LIST_ENTRY Link;
	ULONG Weight;
} TRAY, *PTRAY;

/* The list on the stack dies with it, and its entries are lost. */
NTSTATUS TrayCount(ULONG Count)
{
	NPAGED_LOOKASIDE_LIST local;
	PTRAY tray;

	ExInitializeNPagedLookasideList(&local, NULL, NULL, POOL_NX_ALLOCATION, sizeof(TRAY), TRAY_TAG, 0); /* note: win-lookaside-not-deleted "local" */
	tray = ExAllocateFromNPagedLookasideList(&local);
	if (tray == NULL)
		return STATUS_INSUFFICIENT_RESOURCES; /* expect: win-lookaside-not-deleted "local" */
	tray->Weight = Count;
	ExFreeToNPagedLookasideList(&local, tray);
	ExDeleteNPagedLookasideList(&local);
	return STATUS_SUCCESS;
}

/* Its memory is freed while the list is alive. */
/* trap: win-lookaside-not-deleted kept-in-extension */
NTSTATUS TrayProbe(BOOLEAN Ready)
{
	PNPAGED_LOOKASIDE_LIST list = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(NPAGED_LOOKASIDE_LIST), TRAY_TAG);

	if (list == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	ExInitializeNPagedLookasideList(list, NULL, NULL, POOL_NX_ALLOCATION, sizeof(TRAY), TRAY_TAG, 0); /* note: win-lookaside-not-deleted "list" */
	if (!Ready) {
		ExFreePoolWithTag(list, TRAY_TAG);
		return STATUS_DEVICE_NOT_READY; /* expect: win-lookaside-not-deleted "list" */
	}
	ExDeleteNPagedLookasideList(list);
	ExFreePoolWithTag(list, TRAY_TAG);
	return STATUS_SUCCESS;
}

/* The error label is one too low. */
/* trap: win-lookaside-not-deleted each-its-kind */
NTSTATUS TrayTest(PULONG Result)
{
	NTSTATUS status = STATUS_SUCCESS;
	LOOKASIDE_LIST_EX list;
	PTRAY tray;

	status = ExInitializeLookasideListEx(&list, NULL, NULL, NonPagedPoolNx, 0, sizeof(TRAY), TRAY_TAG, 0); /* note: win-lookaside-not-deleted "list" */
	if (!NT_SUCCESS(status))
		return status;
	tray = ExAllocateFromLookasideListEx(&list);
	if (tray == NULL) {
		status = STATUS_INSUFFICIENT_RESOURCES;
		goto Exit;
	}
	*Result = tray->Weight;
	ExFreeToLookasideListEx(&list, tray);
	ExDeleteLookasideListEx(&list);
Exit:
	return status; /* expect: win-lookaside-not-deleted "list" */
}
