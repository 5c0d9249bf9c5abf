/* Pageable memory touched where no page can be brought in. */
#include <ntddk.h>

#define CELLAR_TAG 'lleC'

typedef struct _BOTTLE {
	LIST_ENTRY Link;
	LONG Count;
	ULONG Year;
} BOTTLE, *PBOTTLE;

typedef struct _CELLAR {
	KSPIN_LOCK Lock;
	EX_SPIN_LOCK Map;
	PAGED_LOOKASIDE_LIST Labels;
	LIST_ENTRY Bottles;
	ULONG Total;
} CELLAR, *PCELLAR;

/* trap: win-paged-access-irql copied-before */
NTSTATUS CellarClear(PCELLAR Cellar, SIZE_T Length)
{
	PVOID table = ExAllocatePoolWithTag(PagedPool, Length, CELLAR_TAG); /* note: win-paged-access-irql "table" */
	KIRQL irql;

	if (table == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	KeAcquireSpinLock(&Cellar->Lock, &irql);
	RtlZeroMemory(table, Length); /* expect: win-paged-access-irql "table" */
	Cellar->Total = 0;
	KeReleaseSpinLock(&Cellar->Lock, irql);
	ExFreePoolWithTag(table, CELLAR_TAG);
	return STATUS_SUCCESS;
}

/* A plain store is an access as well. */
NTSTATUS CellarAdd(PCELLAR Cellar, ULONG Year)
{
	PBOTTLE bottle = ExAllocatePool2(POOL_FLAG_PAGED, sizeof(BOTTLE), CELLAR_TAG); /* note: win-paged-access-irql "bottle" */
	KLOCK_QUEUE_HANDLE handle;

	if (bottle == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	KeAcquireInStackQueuedSpinLock(&Cellar->Lock, &handle);
	bottle->Year = Year; /* expect: win-paged-access-irql "bottle" */
	Cellar->Total++;
	KeReleaseInStackQueuedSpinLock(&handle);
	ExFreePoolWithTag(bottle, CELLAR_TAG);
	return STATUS_SUCCESS;
}

/* The links of the list are in the pageable record. */
NTSTATUS CellarLink(PCELLAR Cellar, ULONG Year)
{
	PBOTTLE bottle = ExAllocatePool2(POOL_FLAG_PAGED, sizeof(BOTTLE), CELLAR_TAG); /* note: win-paged-access-irql "bottle" */
	KIRQL irql;

	if (bottle == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	bottle->Year = Year;
	irql = ExAcquireSpinLockExclusive(&Cellar->Map);
	InsertTailList(&Cellar->Bottles, &bottle->Link); /* expect: win-paged-access-irql "bottle" */
	ExReleaseSpinLockExclusive(&Cellar->Map, irql);
	return STATUS_SUCCESS;
}

/* Raised by hand; the error path reads. */
/* trap: win-paged-access-irql level-unknown */
NTSTATUS CellarRaised(PCELLAR Cellar, PULONG Result)
{
	PULONG years = ExAllocatePoolWithTag(PagedPool, 64, CELLAR_TAG); /* note: win-paged-access-irql "years" */
	NTSTATUS status = STATUS_SUCCESS;
	KIRQL irql;

	if (years == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	years[0] = 1990;
	KeRaiseIrql(DISPATCH_LEVEL, &irql);
	if (Cellar->Total == 0) {
		*Result = years[0]; /* expect: win-paged-access-irql "years" */
		status = STATUS_NO_MORE_ENTRIES;
	}
	KeLowerIrql(irql);
	ExFreePoolWithTag(years, CELLAR_TAG);
	return status;
}

/* An entry of a paged lookaside list. */
/* trap: win-paged-access-irql origin-unknown */
NTSTATUS CellarLabel(PCELLAR Cellar)
{
	PBOTTLE label = ExAllocateFromPagedLookasideList(&Cellar->Labels); /* note: win-paged-access-irql "label" */
	KIRQL irql;

	if (label == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	label->Count = 0;
	KeAcquireSpinLock(&Cellar->Lock, &irql);
	InterlockedIncrement(&label->Count); /* expect: win-paged-access-irql "label" */
	KeReleaseSpinLock(&Cellar->Lock, irql);
	ExFreeToPagedLookasideList(&Cellar->Labels, label);
	return STATUS_SUCCESS;
}

/* In a loop that takes the lock in every round. */
/* trap: win-paged-access-irql locked-by-mdl */
NTSTATUS CellarSum(PCELLAR Cellar, ULONG Count)
{
	PULONG years = ExAllocatePool2(POOL_FLAG_PAGED, 64, CELLAR_TAG); /* note: win-paged-access-irql "years" */
	KIRQL irql;
	ULONG i;

	if (years == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	for (i = 0; i < Count && i < 16; i++) {
		KeAcquireSpinLock(&Cellar->Lock, &irql);
		Cellar->Total += years[i]; /* expect: win-paged-access-irql "years" */
		KeReleaseSpinLock(&Cellar->Lock, irql);
	}
	ExFreePoolWithTag(years, CELLAR_TAG);
	return STATUS_SUCCESS;
}
