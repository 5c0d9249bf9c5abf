/* Results that may be NULL, used without a test. */
#include <ntddk.h>

#define CRANE_TAG 'narC'

typedef struct _CRANE {
	SINGLE_LIST_ENTRY Next;
	ULONG Load, Height;
} CRANE, *PCRANE;

typedef struct _CRANE_EXTENSION {
	NPAGED_LOOKASIDE_LIST Loads;
	SINGLE_LIST_ENTRY Idle;
	PDEVICE_OBJECT Lower;
	PIO_WORKITEM Item;
	PULONG Table;
} CRANE_EXTENSION, *PCRANE_EXTENSION;

IO_WORKITEM_ROUTINE CraneWorker;

/* trap: win-null-unchecked must-succeed */
NTSTATUS CraneCreate(PCRANE *Out)
{
	PCRANE crane = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(CRANE), CRANE_TAG); /* note: win-null-unchecked "crane" */

	crane->Load = 1; /* expect: win-null-unchecked "crane" */
	*Out = crane;
	return STATUS_SUCCESS;
}

/* The first use is inside a library function. */
/* trap: win-null-unchecked raises */
NTSTATUS CraneReset(PCRANE_EXTENSION Ext, SIZE_T Length)
{
	PULONG table = ExAllocatePoolWithTag(NonPagedPoolNx, Length, CRANE_TAG);

	RtlZeroMemory(table, Length); /* expect: win-null-unchecked "table" */
	Ext->Table = table;
	return STATUS_SUCCESS;
}

/* An assertion is not there in a release build. */
/* trap: win-null-unchecked assert-and-test */
ULONG CraneWeigh(PCRANE_EXTENSION Ext)
{
	PCRANE crane = ExAllocateFromNPagedLookasideList(&Ext->Loads); /* note: win-null-unchecked "crane" */
	ULONG load;

	ASSERT(crane != NULL);
	crane->Load = 7; /* expect: win-null-unchecked "crane" */
	load = crane->Load;
	ExFreeToNPagedLookasideList(&Ext->Loads, crane);
	return load;
}

/* The list may be empty. */
/* trap: win-null-unchecked callee-tests */
ULONG CraneNext(PCRANE_EXTENSION Ext)
{
	PSINGLE_LIST_ENTRY entry = PopEntryList(&Ext->Idle);
	PCRANE crane = CONTAINING_RECORD(entry, CRANE, Next);

	return crane->Load; /* expect: win-null-unchecked */
}

NTSTATUS CraneDma(SIZE_T Length)
{
	PHYSICAL_ADDRESS highest;
	PULONG area;

	highest.QuadPart = 0xFFFFFFFF;
	area = MmAllocateContiguousMemory(Length, highest); /* note: win-null-unchecked "area" */
	area[0] = 0; /* expect: win-null-unchecked "area" */
	MmFreeContiguousMemory(area);
	return STATUS_SUCCESS;
}

VOID CraneWorker(PDEVICE_OBJECT Device, PVOID Context)
{
	UNREFERENCED_PARAMETER(Device);
	IoFreeWorkItem(Context);
}

VOID CraneDefer(PDEVICE_OBJECT Device)
{
	PIO_WORKITEM item = IoAllocateWorkItem(Device);

	IoQueueWorkItem(item, CraneWorker, DelayedWorkQueue, item); /* expect: win-null-unchecked "item" */
}

/* The test looks at the other block. */
/* trap: win-null-unchecked leave */
NTSTATUS CranePair(PULONG Out)
{
	NTSTATUS status = STATUS_SUCCESS;
	PULONG left = NULL, right = NULL;

	__try {
		left = ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, CRANE_TAG);
		right = ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, CRANE_TAG); /* note: win-null-unchecked "right" */
		if (left == NULL) {
			status = STATUS_INSUFFICIENT_RESOURCES;
			__leave;
		}
		*Out = left[0] + right[0]; /* expect: win-null-unchecked "right" */
	} __finally {
		if (right != NULL)
			ExFreePoolWithTag(right, CRANE_TAG);
		if (left != NULL)
			ExFreePoolWithTag(left, CRANE_TAG);
	}
	return status;
}

/* Sent down without a look at whether there is a request at all. */
NTSTATUS CraneFlush(PCRANE_EXTENSION Ext)
{
	IO_STATUS_BLOCK io;
	NTSTATUS status;
	KEVENT event;
	PIRP irp;

	KeInitializeEvent(&event, NotificationEvent, FALSE);
	irp = IoBuildSynchronousFsdRequest(IRP_MJ_FLUSH_BUFFERS, Ext->Lower, NULL, 0, NULL, &event, &io); /* note: win-null-unchecked "irp" */
	status = IoCallDriver(Ext->Lower, irp); /* expect: win-null-unchecked "irp" */
	if (status == STATUS_PENDING) {
		KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, NULL);
		status = io.Status;
	}
	return status;
}
