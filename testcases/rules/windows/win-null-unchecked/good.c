/* Tested before the first use, or never NULL. */
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
	PULONG Table;
} CRANE_EXTENSION, *PCRANE_EXTENSION;

NTSTATUS CraneCreate(PCRANE *Out)
{
	PCRANE crane = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(CRANE), CRANE_TAG);

	if (crane == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	crane->Load = 1; /* ok: win-null-unchecked */
	*Out = crane;
	return STATUS_SUCCESS;
}

NTSTATUS CraneReset(PCRANE_EXTENSION Ext, SIZE_T Length)
{
	Ext->Table = ExAllocatePoolWithTag(NonPagedPoolNx, Length, CRANE_TAG);
	if (!Ext->Table)
		return STATUS_INSUFFICIENT_RESOURCES;
	RtlZeroMemory(Ext->Table, Length); /* ok: win-null-unchecked */
	return STATUS_SUCCESS;
}

/* Trap: the assertion comes on top of a real test. */
/* trap: win-null-unchecked assert-and-test */
ULONG CraneWeigh(PCRANE_EXTENSION Ext)
{
	PCRANE crane = ExAllocateFromNPagedLookasideList(&Ext->Loads);
	ULONG load = 0;

	ASSERT(crane != NULL);
	if (crane) {
		crane->Load = 7; /* ok: win-null-unchecked */
		load = crane->Load;
		ExFreeToNPagedLookasideList(&Ext->Loads, crane);
	}
	return load;
}

ULONG CraneNext(PCRANE_EXTENSION Ext)
{
	PSINGLE_LIST_ENTRY entry = PopEntryList(&Ext->Idle);

	if (entry == NULL)
		return 0;
	return CONTAINING_RECORD(entry, CRANE, Next)->Load; /* ok: win-null-unchecked */
}

/* Trap: these raise an exception instead of returning NULL. */
/* trap: win-null-unchecked raises */
NTSTATUS CraneRaise(SIZE_T Length, PULONG Result)
{
	NTSTATUS status = STATUS_SUCCESS;
	PULONG first = NULL, second = NULL, third = NULL;

	__try {
		__try {
			first = ExAllocatePoolWithTag(NonPagedPoolNx | POOL_RAISE_IF_ALLOCATION_FAILURE, Length, CRANE_TAG);
			first[0] = 1; /* ok: win-null-unchecked */
			second = ExAllocatePool2(POOL_FLAG_NON_PAGED | POOL_FLAG_RAISE_ON_FAILURE, Length, CRANE_TAG);
			second[0] = 2; /* ok: win-null-unchecked */
			third = ExAllocatePoolWithQuotaTag(NonPagedPoolNx, Length, CRANE_TAG);
			third[0] = 3; /* ok: win-null-unchecked */
			*Result = first[0] + second[0] + third[0];
		} __finally {
			if (third != NULL)
				ExFreePool(third);
			if (second != NULL)
				ExFreePool(second);
			if (first != NULL)
				ExFreePool(first);
		}
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = STATUS_INSUFFICIENT_RESOURCES;
	}
	return status;
}

/* Trap: the test leaves the block of a termination handler. */
/* trap: win-null-unchecked leave */
NTSTATUS CranePair(PULONG Out)
{
	NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;
	PULONG left = NULL, right = NULL;

	__try {
		left = ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, CRANE_TAG);
		if (!left)
			__leave;
		right = ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, CRANE_TAG);
		if (!right)
			__leave;
		*Out = left[0] + right[0]; /* ok: win-null-unchecked */
		status = STATUS_SUCCESS;
	} __finally {
		if (right != NULL)
			ExFreePoolWithTag(right, CRANE_TAG);
		if (left != NULL)
			ExFreePoolWithTag(left, CRANE_TAG);
	}
	return status;
}

/* Trap: tested in a function of another file. */
BOOLEAN CraneReady(PCRANE Crane);

/* trap: win-null-unchecked callee-tests */
ULONG CraneInspect(VOID)
{
	PCRANE crane = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(CRANE), CRANE_TAG);
	ULONG height;

	if (!CraneReady(crane))
		return 0;
	height = crane->Height; /* ok: win-null-unchecked */
	ExFreePoolWithTag(crane, CRANE_TAG);
	return height;
}

/* Trap: both tested at once. */
NTSTATUS CraneTwo(PULONG Out)
{
	PULONG left = ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, CRANE_TAG);
	PULONG right = ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, CRANE_TAG);
	NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;

	if (left != NULL && right != NULL) {
		*Out = left[0] + right[0]; /* ok: win-null-unchecked */
		status = STATUS_SUCCESS;
	}
	if (left != NULL)
		ExFreePoolWithTag(left, CRANE_TAG);
	if (right != NULL)
		ExFreePoolWithTag(right, CRANE_TAG);
	return status;
}

/* Trap: a member of a NULL record is only addressed, and the callee tests it. */
VOID CraneGive(PCRANE Crane);

VOID CraneMake(VOID)
{
	PCRANE crane = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(CRANE), CRANE_TAG);

	CraneGive(crane); /* ok: win-null-unchecked */
}

NTSTATUS CraneFlush(PCRANE_EXTENSION Ext)
{
	IO_STATUS_BLOCK io;
	NTSTATUS status;
	KEVENT event;
	PIRP irp;

	KeInitializeEvent(&event, NotificationEvent, FALSE);
	irp = IoBuildSynchronousFsdRequest(IRP_MJ_FLUSH_BUFFERS, Ext->Lower, NULL, 0, NULL, &event, &io);
	if (irp == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = IoCallDriver(Ext->Lower, irp); /* ok: win-null-unchecked */
	if (status == STATUS_PENDING) {
		KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, NULL);
		status = io.Status;
	}
	return status;
}

/* Trap: DriverEntry made the extension, or there would be no driver. */
ULONG CraneLimit(PDRIVER_OBJECT Driver)
{
	PCRANE limits = IoGetDriverObjectExtension(Driver, Driver);

	return limits->Load; /* ok: win-null-unchecked */
}

/* Trap: the system stops rather than return NULL. */
/* trap: win-null-unchecked must-succeed */
ULONG CraneMust(VOID)
{
	PCRANE crane = ExAllocatePoolWithTag(NonPagedPoolMustSucceed, sizeof(CRANE), CRANE_TAG);
	ULONG load;

	crane->Load = 1; /* ok: win-null-unchecked */
	load = crane->Load;
	ExFreePoolWithTag(crane, CRANE_TAG);
	return load;
}
