/* Pool memory as drivers handle it: wrappers, conditions, lists, contexts, strings, arrays. */
#include <ntddk.h>

#define POOL_TAG 'loPW'
#define OTHER_TAG 'htOW'
#define SAFE_FREE(p)                                 \
	do {                                         \
		if (p) {                             \
			ExFreePoolWithTag(p, POOL_TAG); \
			(p) = NULL;                  \
		}                                    \
	} while (0)

struct node {
	LIST_ENTRY Link;
	LONG References;
	ULONG Length;
	PWSTR Name;
};

struct pool_device {
	LIST_ENTRY List;
	KSPIN_LOCK Lock;
	PVOID Buffer;
	struct node *Current;
	NPAGED_LOOKASIDE_LIST Nodes;
};

struct work {
	PIO_WORKITEM Item;
	ULONG Value;
};

static PVOID Allocate(SIZE_T length)
{
	PVOID p = ExAllocatePoolWithTag(NonPagedPoolNx, length, POOL_TAG);

	if (p)
		RtlZeroMemory(p, length);
	return p; /* ok: win-pool-leak */
}

static VOID Free(PVOID p)
{
	if (p)
		ExFreePoolWithTag(p, POOL_TAG);
}

/* ---- correct: one function ----------------------------------------------------------------------- */

NTSTATUS LadderOfMacros(ULONG length, PULONG sum)
{
	NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;
	PULONG first = NULL, second = NULL;

	first = ExAllocatePoolWithTag(PagedPool, length, POOL_TAG);
	if (!first)
		goto out;
	second = ExAllocatePoolWithTag(PagedPool, length, POOL_TAG);
	if (!second)
		goto out;
	*sum = first[0] + second[0];
	status = STATUS_SUCCESS;
out:
	SAFE_FREE(first);
	SAFE_FREE(second);
	return status; /* ok: win-pool-leak */
}

NTSTATUS OnStackIfSmall(ULONG length, const UCHAR *from)
{
	UCHAR small[64], *buffer = small, *again = small;

	if (length > sizeof(small)) {
		buffer = ExAllocatePoolWithTag(PagedPool, length, POOL_TAG);
		if (!buffer)
			return STATUS_NO_MEMORY;
	}
	RtlCopyMemory(buffer, from, length);
	if (buffer != small)
		ExFreePoolWithTag(buffer, POOL_TAG); /* ok: win-pool-free-mismatch */
	if (length > sizeof(small)) {
		again = ExAllocatePoolWithTag(PagedPool, length, POOL_TAG);
		if (!again)
			return STATUS_NO_MEMORY;
	}
	again[0] = 0;
	if (length > sizeof(small))
		ExFreePoolWithTag(again, POOL_TAG); /* ok: win-pool-free-mismatch */
	return STATUS_SUCCESS; /* ok: win-pool-leak */
}

NTSTATUS GrowsUntilItFits(HANDLE key, PUNICODE_STRING name, PULONG value)
{
	PKEY_VALUE_PARTIAL_INFORMATION info = NULL;
	ULONG size, needed = 64;
	NTSTATUS status;

	do {
		if (info)
			ExFreePoolWithTag(info, POOL_TAG);
		size = needed;
		info = ExAllocatePoolWithTag(PagedPool, size, POOL_TAG);
		if (!info)
			return STATUS_INSUFFICIENT_RESOURCES;
		status = ZwQueryValueKey(key, name, KeyValuePartialInformation, info, size, &needed);
	} while (status == STATUS_BUFFER_OVERFLOW || status == STATUS_BUFFER_TOO_SMALL);
	if (NT_SUCCESS(status))
		*value = *(PULONG)info->Data; /* ok: win-null-unchecked */
	ExFreePoolWithTag(info, POOL_TAG); /* ok: win-pool-use-after-free */
	return status;
}

NTSTATUS StatusFromPointer(ULONG length, PULONG value)
{
	PULONG p = ExAllocatePoolWithTag(PagedPool, length, POOL_TAG);
	NTSTATUS status = p ? STATUS_SUCCESS : STATUS_NO_MEMORY;

	if (NT_SUCCESS(status))
		*value = p[0]; /* ok: win-null-unchecked */
	if (p != NULL)
		ExFreePoolWithTag(p, POOL_TAG);
	return status; /* ok: win-pool-leak */
}

/* Fresh memory is never what a field held before. */
NTSTATUS UnlessItIsTheField(PIRP irp, ULONG length)
{
	PUCHAR data = irp->AssociatedIrp.SystemBuffer;

	if (length > 100) {
		data = ExAllocatePoolWithTag(NonPagedPoolNx, length, POOL_TAG);
		if (!data)
			return STATUS_NO_MEMORY;
	}
	data[0] = 0;
	if (data != irp->AssociatedIrp.SystemBuffer)
		ExFreePoolWithTag(data, POOL_TAG);
	return STATUS_SUCCESS; /* ok: win-pool-leak */
}

VOID TagInVariable(BOOLEAN big)
{
	ULONG tag = big ? POOL_TAG : OTHER_TAG;
	PVOID p = ExAllocatePoolWithTag(NonPagedPoolNx, 10, tag);

	if (p)
		ExFreePoolWithTag(p, tag); /* ok: win-pool-tag */
}

/* ---- correct: given away --------------------------------------------------------------------------- */

NTSTATUS IntoList(struct pool_device *d, ULONG length)
{
	struct node *node = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*node), POOL_TAG);

	if (!node)
		return STATUS_NO_MEMORY;
	node->Name = ExAllocatePoolWithTag(NonPagedPoolNx, length, POOL_TAG);
	if (!node->Name) {
		ExFreePoolWithTag(node, POOL_TAG);
		return STATUS_NO_MEMORY;
	}
	ExInterlockedInsertTailList(&d->List, &node->Link, &d->Lock);
	return STATUS_SUCCESS; /* ok: win-pool-leak */
}

VOID OutOfList(struct pool_device *d)
{
	PLIST_ENTRY entry, next;

	for (entry = d->List.Flink; entry != &d->List; entry = next) {
		struct node *node = CONTAINING_RECORD(entry, struct node, Link);

		next = entry->Flink;
		RemoveEntryList(&node->Link);
		if (node->Name)
			ExFreePool(node->Name);
		ExFreePoolWithTag(node, POOL_TAG); /* ok: win-pool-free-mismatch */
	}
}

static VOID Dereference(struct node *node)
{
	if (InterlockedDecrement(&node->References) == 0)
		ExFreePoolWithTag(node, POOL_TAG);
}

ULONG Counted(VOID)
{
	struct node *node = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*node), POOL_TAG);
	ULONG length;

	if (!node)
		return 0;
	node->References = 2;
	node->Length = 3;
	Dereference(node);
	length = node->Length; /* ok: win-pool-use-after-free */
	Dereference(node); /* ok: win-pool-use-after-free */
	return length;
}

static VOID WorkRoutine(PDEVICE_OBJECT device, PVOID context)
{
	struct work *work = context;

	UNREFERENCED_PARAMETER(device);
	IoFreeWorkItem(work->Item);
	ExFreePoolWithTag(work, POOL_TAG);
}

NTSTATUS QueuedContext(PDEVICE_OBJECT device, ULONG value)
{
	struct work *work = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*work), POOL_TAG);

	if (!work)
		return STATUS_NO_MEMORY;
	work->Item = IoAllocateWorkItem(device);
	if (!work->Item) {
		ExFreePoolWithTag(work, POOL_TAG);
		return STATUS_NO_MEMORY;
	}
	work->Value = value;
	IoQueueWorkItem(work->Item, WorkRoutine, DelayedWorkQueue, work);
	return STATUS_SUCCESS; /* ok: win-pool-leak */
}

NTSTATUS InDriverContext(PIRP irp, ULONG length)
{
	PVOID p = ExAllocatePoolWithTag(NonPagedPoolNx, length, POOL_TAG);

	if (!p)
		return STATUS_NO_MEMORY;
	irp->Tail.Overlay.DriverContext[0] = p;
	IoMarkIrpPending(irp);
	return STATUS_PENDING; /* ok: win-pool-leak */
}

NTSTATUS FirstOneWins(struct pool_device *d, ULONG length)
{
	PVOID p = ExAllocatePoolWithTag(NonPagedPoolNx, length, POOL_TAG);

	if (!p)
		return STATUS_NO_MEMORY;
	if (InterlockedCompareExchangePointer(&d->Buffer, p, NULL) != NULL)
		ExFreePoolWithTag(p, POOL_TAG);
	return STATUS_SUCCESS; /* ok: win-pool-leak */
}

NTSTATUS StringOwnsBuffer(PUNICODE_STRING from, PUNICODE_STRING to)
{
	to->Length = 0;
	to->MaximumLength = from->Length + sizeof(WCHAR);
	to->Buffer = ExAllocatePoolWithTag(PagedPool, to->MaximumLength, POOL_TAG);
	if (to->Buffer == NULL)
		return STATUS_NO_MEMORY;
	RtlCopyUnicodeString(to, from);
	return STATUS_SUCCESS; /* ok: win-pool-leak */
}

/* The caller gets what is behind a header. */
PVOID BehindHeader(SIZE_T length)
{
	struct work *header = ExAllocatePoolWithTag(NonPagedPoolNx, length + sizeof(*header), POOL_TAG);

	return header ? header + 1 : NULL; /* ok: win-pool-leak */
}

VOID FreeBehindHeader(PVOID p)
{
	ExFreePoolWithTag((struct work *)p - 1, POOL_TAG); /* ok: win-pool-free-mismatch */
}

NTSTATUS FromOwnAllocator(struct pool_device *d, PULONG value)
{
	struct node *node = ExAllocateFromNPagedLookasideList(&d->Nodes);
	PULONG p = Allocate(16);

	if (node)
		ExFreeToNPagedLookasideList(&d->Nodes, node);
	if (!p)
		return STATUS_NO_MEMORY;
	*value = p[0]; /* ok: win-null-unchecked */
	Free(p);
	return STATUS_SUCCESS; /* ok: win-pool-leak */
}

/* ---- arrays ------------------------------------------------------------------------------------------ */

NTSTATUS UndoneByCount(ULONG length, ULONG count)
{
	NTSTATUS status = STATUS_SUCCESS;
	PVOID buffers[16];
	ULONG i, j;

	for (i = 0; i < count; i++) {
		buffers[i] = ExAllocatePoolWithTag(PagedPool, length, POOL_TAG);
		if (buffers[i] == NULL) {
			status = STATUS_NO_MEMORY;
			goto out;
		}
	}
out:
	for (j = 0; j < i; j++)
		ExFreePoolWithTag(buffers[j], POOL_TAG);
	return status; /* ok: win-pool-leak */
}

/* `i == 8` or a NULL: nothing says that the second loop then runs. */
NTSTATUS UndoneAfterBreak(ULONG length)
{
	PUCHAR buffers[8];
	ULONG i, j;

	for (i = 0; i < 8; i++) {
		buffers[i] = ExAllocatePoolWithTag(PagedPool, length, POOL_TAG);
		if (!buffers[i])
			break;
	}
	for (j = 0; j < i; j++)
		ExFreePoolWithTag(buffers[j], POOL_TAG);
	return i == 8 ? STATUS_SUCCESS : STATUS_NO_MEMORY; /* ok: win-pool-leak */
}

NTSTATUS UndoneAsAWhole(ULONG length)
{
	NTSTATUS status = STATUS_NO_MEMORY;
	PVOID buffers[2] = { 0 };
	int i;

	buffers[0] = ExAllocatePoolWithTag(PagedPool, length, POOL_TAG);
	if (!buffers[0])
		goto out;
	buffers[1] = ExAllocatePoolWithTag(PagedPool, length, POOL_TAG);
	if (buffers[1])
		status = STATUS_SUCCESS;
out:
	for (i = 0; i < 2; i++)
		if (buffers[i])
			ExFreePoolWithTag(buffers[i], POOL_TAG);
	return status; /* ok: win-pool-leak */
}

/* ---- defects ----------------------------------------------------------------------------------------- */

NTSTATUS LadderForgetsOne(ULONG length, PULONG sum)
{
	NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;
	PULONG first = NULL, second = NULL;

	first = ExAllocatePoolWithTag(PagedPool, length, POOL_TAG);
	if (!first)
		goto out;
	second = ExAllocatePoolWithTag(PagedPool, length, POOL_TAG); /* note: win-pool-leak "second" */
	if (!second)
		goto out;
	if (length < sizeof(ULONG))
		goto out;
	*sum = first[0] + second[0];
	ExFreePoolWithTag(second, POOL_TAG);
	status = STATUS_SUCCESS;
out:
	SAFE_FREE(first);
	return status; /* expect: win-pool-leak "second" */
}

NTSTATUS InnerBlockForgotten(struct pool_device *d, ULONG length)
{
	struct node *node = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*node), POOL_TAG);

	if (!node)
		return STATUS_NO_MEMORY;
	node->Name = ExAllocatePoolWithTag(NonPagedPoolNx, length, POOL_TAG);
	if (!node->Name || length == 3) {
		ExFreePoolWithTag(node, POOL_TAG);
		return STATUS_NO_MEMORY; /* expect: win-pool-leak "node->Name" */
	}
	ExInterlockedInsertTailList(&d->List, &node->Link, &d->Lock);
	return STATUS_SUCCESS;
}

VOID WalkOverFreed(struct pool_device *d)
{
	PLIST_ENTRY entry;

	for (entry = d->List.Flink; entry != &d->List; entry = entry->Flink) { /* expect: win-pool-use-after-free "node" */
		struct node *node = CONTAINING_RECORD(entry, struct node, Link);

		ExFreePoolWithTag(node, POOL_TAG);
	}
}

VOID FreesStack(ULONG length, const UCHAR *from)
{
	UCHAR small[64], *buffer = small;

	if (length > sizeof(small)) {
		buffer = ExAllocatePoolWithTag(PagedPool, length, POOL_TAG);
		if (!buffer)
			return;
	}
	RtlCopyMemory(buffer, from, length);
	ExFreePoolWithTag(buffer, POOL_TAG); /* expect: win-pool-free-mismatch "buffer" */
}

/* What the driver's own allocator returns. */
NTSTATUS FromOwnAllocatorLost(ULONG length, PULONG value)
{
	PULONG p = Allocate(length);

	*value = p[0];
	if (length < sizeof(ULONG))
		return STATUS_INVALID_PARAMETER; /* expect: win-pool-leak "p" */
	Free(p);
	return STATUS_SUCCESS;
}
