/* The allocator in the table gives resident memory. */
#include <ntddk.h>

#define LOFT_TAG 'tfoL'

typedef struct _LOFT_OPS {
	PVOID (*Allocate)(SIZE_T Length);
	VOID (*Free)(PVOID Boxes);
} LOFT_OPS;

typedef struct _LOFT {
	KSPIN_LOCK Lock;
	const LOFT_OPS *Ops;
	ULONG Count;
} LOFT, *PLOFT;

static PVOID LoftAllocate(SIZE_T Length)
{
	return ExAllocatePoolWithTag(NonPagedPoolNx, Length, LOFT_TAG);
}

static VOID LoftFree(PVOID Boxes)
{
	ExFreePoolWithTag(Boxes, LOFT_TAG);
}

static const LOFT_OPS LoftOps = { LoftAllocate, LoftFree };

VOID LoftInit(PLOFT Loft)
{
	KeInitializeSpinLock(&Loft->Lock);
	Loft->Ops = &LoftOps;
}

NTSTATUS LoftCount(PLOFT Loft)
{
	PULONG boxes = Loft->Ops->Allocate(64);
	KIRQL irql;

	if (boxes == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	KeAcquireSpinLock(&Loft->Lock, &irql);
	boxes[0] = Loft->Count; /* ok: win-paged-access-irql */
	KeReleaseSpinLock(&Loft->Lock, irql);
	Loft->Ops->Free(boxes);
	return STATUS_SUCCESS;
}
