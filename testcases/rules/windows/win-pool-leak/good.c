/* Freed, stored, returned or handed on. */
#include <ntddk.h>

#define BIN_TAG 'niBW'

typedef struct _BIN {
	LIST_ENTRY Link;
	SINGLE_LIST_ENTRY Next;
	PULONG Samples;
	ULONG Count;
	PIO_WORKITEM Item;
} BIN, *PBIN;

typedef struct _BIN_EXTENSION {
	LIST_ENTRY Bins;
	KSPIN_LOCK Lock;
	PDEVICE_OBJECT Lower;
	PULONG Table;
} BIN_EXTENSION, *PBIN_EXTENSION;

static PBIN LastBin;
static LIST_ENTRY BinList;

IO_COMPLETION_ROUTINE BinReadComplete;
IO_WORKITEM_ROUTINE BinWorker;

NTSTATUS BinAverage(const ULONG *Samples, ULONG Count, PULONG Average)
{
	PULONG copy = ExAllocatePool2(POOL_FLAG_NON_PAGED, Count * sizeof(ULONG), BIN_TAG);
	ULONG sum = 0, i;

	if (copy == NULL)
		return STATUS_INSUFFICIENT_RESOURCES; /* ok: win-pool-leak */
	RtlCopyMemory(copy, Samples, Count * sizeof(ULONG));
	for (i = 0; i < Count; i++)
		sum += copy[i];
	ExFreePoolWithTag(copy, BIN_TAG);
	if (Count == 0)
		return STATUS_INVALID_PARAMETER; /* ok: win-pool-leak */
	*Average = sum / Count;
	return STATUS_SUCCESS;
}

/* Trap: handed back through a parameter. */
NTSTATUS BinCreate(PBIN *Out, ULONG Count)
{
	PBIN bin = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(BIN), BIN_TAG);

	if (bin == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	bin->Count = Count;
	bin->Samples = ExAllocatePoolWithTag(NonPagedPoolNx, Count * sizeof(ULONG), BIN_TAG);
	if (bin->Samples == NULL) {
		ExFreePoolWithTag(bin, BIN_TAG);
		return STATUS_INSUFFICIENT_RESOURCES; /* ok: win-pool-leak */
	}
	*Out = bin;
	return STATUS_SUCCESS; /* ok: win-pool-leak */
}

NTSTATUS BinCompare(const ULONG *Samples, ULONG Count)
{
	NTSTATUS status = STATUS_SUCCESS;
	PULONG first, second;

	first = ExAllocatePool2(POOL_FLAG_NON_PAGED, Count * sizeof(ULONG), BIN_TAG);
	if (first == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	second = ExAllocatePool2(POOL_FLAG_NON_PAGED, Count * sizeof(ULONG), BIN_TAG);
	if (second == NULL) {
		status = STATUS_INSUFFICIENT_RESOURCES;
		goto FreeFirst;
	}
	first[0] = second[0] = Samples[0];
	ExFreePoolWithTag(second, BIN_TAG);
FreeFirst:
	ExFreePoolWithTag(first, BIN_TAG);
	return status; /* ok: win-pool-leak */
}

NTSTATUS BinCapture(PVOID UserBuffer, SIZE_T Length)
{
	PUCHAR copy = ExAllocatePool2(POOL_FLAG_NON_PAGED, Length, BIN_TAG);
	NTSTATUS status = STATUS_SUCCESS;

	if (copy == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		ProbeForRead(UserBuffer, Length, 1);
		RtlCopyMemory(copy, UserBuffer, Length);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = STATUS_ACCESS_VIOLATION;
	}
	ExFreePoolWithTag(copy, BIN_TAG);
	return status; /* ok: win-pool-leak */
}

/* Trap: the termination handler frees on every way out of the block. */
/* trap: win-pool-leak termination-handler */
NTSTATUS BinMerge(ULONG Count, PULONG Result)
{
	NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;
	PULONG left = NULL, right = NULL;

	__try {
		left = ExAllocatePool2(POOL_FLAG_NON_PAGED, Count * sizeof(ULONG), BIN_TAG);
		if (left == NULL)
			__leave;
		right = ExAllocatePool2(POOL_FLAG_NON_PAGED, Count * sizeof(ULONG), BIN_TAG);
		if (right == NULL)
			return status; /* ok: win-pool-leak */
		*Result = left[0] + right[0];
		status = STATUS_SUCCESS;
	} __finally {
		if (right != NULL)
			ExFreePoolWithTag(right, BIN_TAG);
		if (left != NULL)
			ExFreePoolWithTag(left, BIN_TAG);
	}
	return status; /* ok: win-pool-leak */
}

/* Trap: the device extension keeps it. */
/* trap: win-pool-leak handed-over */
NTSTATUS BinStartDevice(PDEVICE_OBJECT Device, ULONG Count)
{
	PBIN_EXTENSION ext = Device->DeviceExtension;
	PULONG table = ExAllocatePool2(POOL_FLAG_NON_PAGED, Count * sizeof(ULONG), BIN_TAG);

	if (table == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	ext->Table = table;
	return STATUS_SUCCESS; /* ok: win-pool-leak */
}

/* Trap: the request carries it, in a buffer field or in the driver's own words. */
NTSTATUS BinFillRequest(PIRP Irp, ULONG Length)
{
	PVOID buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, Length, BIN_TAG);
	PBIN bin;

	if (buffer == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	bin = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(BIN), BIN_TAG);
	if (bin == NULL) {
		ExFreePoolWithTag(buffer, BIN_TAG);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	Irp->AssociatedIrp.SystemBuffer = buffer;
	Irp->Tail.Overlay.DriverContext[0] = bin;
	return STATUS_SUCCESS; /* ok: win-pool-leak */
}

/* Trap: lists keep it through an embedded member. */
NTSTATUS BinRemember(PBIN_EXTENSION Ext, PSINGLE_LIST_ENTRY Recent)
{
	PBIN bin = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(BIN), BIN_TAG), newest;

	if (bin == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	newest = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(BIN), BIN_TAG);
	if (newest == NULL) {
		ExFreePoolWithTag(bin, BIN_TAG);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	InsertTailList(&BinList, &bin->Link);
	PushEntryList(Recent, &newest->Next);
	bin = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(BIN), BIN_TAG);
	if (bin == NULL)
		return STATUS_INSUFFICIENT_RESOURCES; /* ok: win-pool-leak */
	ExInterlockedInsertTailList(&Ext->Bins, &bin->Link, &Ext->Lock);
	return STATUS_SUCCESS; /* ok: win-pool-leak */
}

/* Trap: the context of a completion routine, which frees it. */
NTSTATUS BinReadComplete(PDEVICE_OBJECT Device, PIRP Irp, PVOID Context)
{
	UNREFERENCED_PARAMETER(Device);
	ExFreePoolWithTag(Context, BIN_TAG);
	if (Irp->PendingReturned)
		IoMarkIrpPending(Irp);
	return STATUS_SUCCESS;
}

NTSTATUS BinForward(PBIN_EXTENSION Ext, PIRP Irp)
{
	PBIN bin = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(BIN), BIN_TAG);

	if (bin == NULL) {
		Irp->IoStatus.Status = STATUS_INSUFFICIENT_RESOURCES;
		Irp->IoStatus.Information = 0;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	IoCopyCurrentIrpStackLocationToNext(Irp);
	IoSetCompletionRoutine(Irp, BinReadComplete, bin, TRUE, TRUE, TRUE);
	return IoCallDriver(Ext->Lower, Irp); /* ok: win-pool-leak */
}

/* Trap: the context of a work item, which frees it. */
VOID BinWorker(PDEVICE_OBJECT Device, PVOID Context)
{
	PBIN bin = Context;

	UNREFERENCED_PARAMETER(Device);
	IoFreeWorkItem(bin->Item);
	ExFreePoolWithTag(bin, BIN_TAG);
}

NTSTATUS BinDefer(PDEVICE_OBJECT Device)
{
	PBIN bin = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(BIN), BIN_TAG);

	if (bin == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	bin->Item = IoAllocateWorkItem(Device);
	if (bin->Item == NULL) {
		ExFreePoolWithTag(bin, BIN_TAG);
		return STATUS_INSUFFICIENT_RESOURCES; /* ok: win-pool-leak */
	}
	IoQueueWorkItem(bin->Item, BinWorker, DelayedWorkQueue, bin);
	return STATUS_SUCCESS; /* ok: win-pool-leak */
}

/* Trap: a function of another file takes it over. */
NTSTATUS BinAdopt(PBIN Bin);

/* trap: win-pool-leak callee-owns */
NTSTATUS BinGive(ULONG Count)
{
	PBIN bin = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(BIN), BIN_TAG);

	if (bin == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	bin->Count = Count;
	return BinAdopt(bin); /* ok: win-pool-leak */
}

/* Trap: returned, or put in a global variable. */
PBIN BinNew(ULONG Count)
{
	PBIN bin = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(BIN), BIN_TAG);

	if (bin != NULL)
		bin->Count = Count;
	return bin; /* ok: win-pool-leak */
}

NTSTATUS BinReplace(ULONG Count)
{
	PBIN bin = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(BIN), BIN_TAG);

	if (bin == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	bin->Count = Count;
	if (LastBin != NULL)
		ExFreePoolWithTag(LastBin, BIN_TAG);
	LastBin = bin;
	return STATUS_SUCCESS; /* ok: win-pool-leak */
}

/* Trap: allocated and freed under the same condition. */
NTSTATUS BinFilter(PULONG Samples, ULONG Count)
{
	PULONG copy = NULL;

	if (Count > 16) {
		copy = ExAllocatePool2(POOL_FLAG_NON_PAGED, Count * sizeof(ULONG), BIN_TAG);
		if (copy == NULL)
			return STATUS_INSUFFICIENT_RESOURCES;
		RtlCopyMemory(copy, Samples, Count * sizeof(ULONG));
		Samples[0] = copy[Count - 1];
	}
	if (copy)
		ExFreePool(copy);
	return STATUS_SUCCESS; /* ok: win-pool-leak */
}

/* Trap: freed by a helper on the error path. */
static NTSTATUS BinFail(PBIN Bin, NTSTATUS Status)
{
	ExFreePoolWithTag(Bin, BIN_TAG);
	return Status;
}

NTSTATUS BinCheck(ULONG Count)
{
	PBIN bin = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(BIN), BIN_TAG);

	if (bin == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (Count > 64)
		return BinFail(bin, STATUS_INVALID_PARAMETER); /* ok: win-pool-leak */
	ExFreePoolWithTag(bin, BIN_TAG);
	return STATUS_SUCCESS; /* ok: win-pool-leak */
}

/* Trap: appending sets Length alone, so the buffer of the string is the one that was allocated. */
NTSTATUS BinName(PWSTR *Out)
{
	UNICODE_STRING name;
	NTSTATUS status;

	name.Length = 0;
	name.MaximumLength = 64;
	name.Buffer = ExAllocatePool2(POOL_FLAG_PAGED, name.MaximumLength, BIN_TAG);
	if (name.Buffer == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = RtlAppendUnicodeToString(&name, L"bin");
	if (!NT_SUCCESS(status)) {
		ExFreePoolWithTag(name.Buffer, BIN_TAG);
		return status; /* ok: win-pool-leak */
	}
	*Out = name.Buffer;
	return STATUS_SUCCESS; /* ok: win-pool-leak */
}

/* Trap: the string is freed as a whole. */
VOID BinTrace(PCUNICODE_STRING Name)
{
	UNICODE_STRING copy;

	copy.Length = 0;
	copy.MaximumLength = Name->Length;
	copy.Buffer = ExAllocatePool2(POOL_FLAG_PAGED, Name->Length, BIN_TAG);
	if (copy.Buffer == NULL)
		return;
	RtlCopyUnicodeString(&copy, Name);
	RtlFreeUnicodeString(&copy); /* ok: win-pool-leak */
}

/* Trap: the table copies the record, and with it the pointer. */
NTSTATUS BinInsert(PRTL_AVL_TABLE Table)
{
	BIN bin;

	RtlZeroMemory(&bin, sizeof(bin));
	bin.Samples = ExAllocatePool2(POOL_FLAG_PAGED, 16 * sizeof(ULONG), BIN_TAG);
	if (bin.Samples == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (RtlInsertElementGenericTableAvl(Table, &bin, sizeof(bin), NULL) == NULL) {
		ExFreePoolWithTag(bin.Samples, BIN_TAG);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	return STATUS_SUCCESS; /* ok: win-pool-leak */
}
