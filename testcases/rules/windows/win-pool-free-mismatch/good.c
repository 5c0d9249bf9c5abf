/* Each block goes back through the function that fits its allocation. */
#include <ntddk.h>

#define DEPOT_TAG 'opeD'

typedef struct _DEPOT {
	LIST_ENTRY Link;
	ULONG Header;
	PUCHAR Data;
} DEPOT, *PDEPOT;

typedef struct _DEPOT_EXTENSION {
	ULONG State;
	PUCHAR Name;
	PVOID Blocks[4];
} DEPOT_EXTENSION, *PDEPOT_EXTENSION;

NTSTATUS DepotTestDma(SIZE_T Length, UCHAR Pattern)
{
	PHYSICAL_ADDRESS highest;
	PUCHAR area;

	highest.QuadPart = 0xFFFFFFFF;
	area = MmAllocateContiguousMemory(Length, highest);
	if (area == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	RtlFillMemory(area, Length, Pattern);
	MmFreeContiguousMemory(area); /* ok: win-pool-free-mismatch */
	return STATUS_SUCCESS;
}

NTSTATUS DepotProbe(SIZE_T Length, BOOLEAN Tagged)
{
	PVOID block = ExAllocatePoolWithTag(NonPagedPoolNx, Length, DEPOT_TAG);

	if (block == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (Tagged)
		ExFreePoolWithTag(block, DEPOT_TAG);
	else
		ExFreePool(block); /* ok: win-pool-free-mismatch */
	return STATUS_SUCCESS;
}

/* Trap: a field of the extension holds a block of its own. */
VOID DepotRemove(PDEVICE_OBJECT Device)
{
	PDEPOT_EXTENSION ext = Device->DeviceExtension;

	ExFreePoolWithTag(ext->Name, DEPOT_TAG); /* ok: win-pool-free-mismatch */
	ext->Name = NULL;
	ExFreePoolWithTag(ext->Blocks[2], DEPOT_TAG); /* ok: win-pool-free-mismatch */
	ext->Blocks[2] = NULL;
}

/* Trap: the start pointer is kept beside the one that moves. */
NTSTATUS DepotParse(PULONG Sum)
{
	PUCHAR text = ExAllocatePool2(POOL_FLAG_NON_PAGED, 32, DEPOT_TAG), body;

	if (text == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	for (body = text; body < text + 32; body++)
		*Sum += *body;
	body = text + 4;
	ExFreePoolWithTag(body - 4, DEPOT_TAG); /* ok: win-pool-free-mismatch */
	return STATUS_SUCCESS;
}

/* Trap: a small request stays on the stack, and only a big one is freed. */
NTSTATUS DepotSum(ULONG Length)
{
	UCHAR local[64];
	PUCHAR buffer = local;

	if (Length > sizeof(local)) {
		buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, Length, DEPOT_TAG);
		if (buffer == NULL)
			return STATUS_INSUFFICIENT_RESOURCES;
	}
	buffer[0] = 1;
	if (buffer != local)
		ExFreePoolWithTag(buffer, DEPOT_TAG); /* ok: win-pool-free-mismatch */
	return STATUS_SUCCESS;
}

/* Trap: the record around a list entry. */
VOID DepotFlush(PLIST_ENTRY Head)
{
	PLIST_ENTRY entry;

	while (!IsListEmpty(Head)) {
		entry = RemoveHeadList(Head);
		ExFreePoolWithTag(CONTAINING_RECORD(entry, DEPOT, Link), DEPOT_TAG); /* ok: win-pool-free-mismatch */
	}
}

/* Trap: strings that the run-time library or the I/O manager allocated from pool. */
/* trap: win-pool-free-mismatch documented */
NTSTATUS DepotName(PANSI_STRING Ansi, PDEVICE_OBJECT Pdo, const GUID *Class)
{
	UNICODE_STRING wide;
	PWSTR links;
	NTSTATUS status;

	status = RtlAnsiStringToUnicodeString(&wide, Ansi, TRUE);
	if (!NT_SUCCESS(status))
		return status;
	ExFreePool(wide.Buffer); /* ok: win-pool-free-mismatch */
	status = IoGetDeviceInterfaces(Class, Pdo, 0, &links);
	if (!NT_SUCCESS(status))
		return status;
	ExFreePool(links); /* ok: win-pool-free-mismatch */
	return STATUS_SUCCESS;
}

/* Trap: the documented way to free the MDL that describes allocated pages. */
/* trap: win-pool-free-mismatch pages-mdl */
NTSTATUS DepotPages(SIZE_T Length)
{
	PHYSICAL_ADDRESS low, high, skip;
	NTSTATUS status = STATUS_SUCCESS;
	PMDL mdl;

	low.QuadPart = 0;
	high.QuadPart = 0xFFFFFFFF;
	skip.QuadPart = 0;
	mdl = MmAllocatePagesForMdl(low, high, skip, Length);
	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (MmGetMdlByteCount(mdl) < Length)
		status = STATUS_INSUFFICIENT_RESOURCES;
	MmFreePagesFromMdl(mdl);
	ExFreePool(mdl); /* ok: win-pool-free-mismatch */
	return status;
}

/* Trap: nothing is known about where it comes from. */
VOID DepotRelease(PVOID Block)
{
	ExFreePool(Block); /* ok: win-pool-free-mismatch */
}

NTSTATUS DepotItem(PDEVICE_OBJECT Device)
{
	PIO_WORKITEM item = IoAllocateWorkItem(Device);

	if (item == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	IoFreeWorkItem(item); /* ok: win-pool-free-mismatch */
	return STATUS_SUCCESS;
}
