/* Pageable memory touched below DISPATCH_LEVEL only. */
#include <ntddk.h>

#define CELLAR_TAG 'lleC'

typedef struct _BOTTLE {
	LIST_ENTRY Link;
	LONG Count;
	ULONG Year;
} BOTTLE, *PBOTTLE;

typedef struct _CELLAR {
	KSPIN_LOCK Lock;
	FAST_MUTEX Mutex;
	LIST_ENTRY Bottles;
	PULONG Table;
	PMDL Mdl;
	ULONG Total;
} CELLAR, *PCELLAR;

KDEFERRED_ROUTINE CellarDpc;

/* Trap: copied out of the pageable block before the level is raised. */
/* trap: win-paged-access-irql copied-before */
NTSTATUS CellarClear(PCELLAR Cellar, SIZE_T Length)
{
	PULONG table = ExAllocatePoolWithTag(PagedPool, Length, CELLAR_TAG);
	ULONG first;
	KIRQL irql;

	if (table == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	RtlZeroMemory(table, Length); /* ok: win-paged-access-irql */
	first = table[0];
	KeAcquireSpinLock(&Cellar->Lock, &irql);
	Cellar->Total = first; /* ok: win-paged-access-irql */
	KeReleaseSpinLock(&Cellar->Lock, irql);
	table[0] = 1; /* ok: win-paged-access-irql */
	ExFreePoolWithTag(table, CELLAR_TAG);
	return STATUS_SUCCESS;
}

NTSTATUS CellarAdd(PCELLAR Cellar, ULONG Year)
{
	PBOTTLE bottle = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(BOTTLE), CELLAR_TAG);
	KIRQL irql;

	if (bottle == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	KeAcquireSpinLock(&Cellar->Lock, &irql);
	bottle->Year = Year; /* ok: win-paged-access-irql */
	InsertTailList(&Cellar->Bottles, &bottle->Link); /* ok: win-paged-access-irql */
	KeReleaseSpinLock(&Cellar->Lock, irql);
	return STATUS_SUCCESS;
}

/* Trap: a fast mutex leaves paging on. */
NTSTATUS CellarUnderMutex(PCELLAR Cellar)
{
	PBOTTLE bottle = ExAllocatePool2(POOL_FLAG_PAGED, sizeof(BOTTLE), CELLAR_TAG);

	if (bottle == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	ExAcquireFastMutex(&Cellar->Mutex);
	bottle->Year = Cellar->Total; /* ok: win-paged-access-irql */
	InterlockedIncrement(&bottle->Count); /* ok: win-paged-access-irql */
	ExReleaseFastMutex(&Cellar->Mutex);
	ExFreePoolWithTag(bottle, CELLAR_TAG);
	return STATUS_SUCCESS;
}

/* Trap: user memory locked by an MDL, reached through its system address. */
/* trap: win-paged-access-irql locked-by-mdl */
NTSTATUS CellarMap(PCELLAR Cellar, PVOID UserBuffer, ULONG Length)
{
	PMDL mdl = IoAllocateMdl(UserBuffer, Length, FALSE, FALSE, NULL);
	NTSTATUS status = STATUS_SUCCESS;
	PULONG system;
	KIRQL irql;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoWriteAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return STATUS_ACCESS_VIOLATION;
	}
	system = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
	if (system == NULL) {
		status = STATUS_INSUFFICIENT_RESOURCES;
	} else if (Length >= sizeof(ULONG)) {
		KeAcquireSpinLock(&Cellar->Lock, &irql);
		system[0] = Cellar->Total; /* ok: win-paged-access-irql */
		KeReleaseSpinLock(&Cellar->Lock, irql);
	}
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return status;
}

/* Trap: nothing is known about where the memory comes from. */
/* trap: win-paged-access-irql origin-unknown */
VOID CellarCopy(PCELLAR Cellar, PULONG To)
{
	KIRQL irql;

	KeAcquireSpinLock(&Cellar->Lock, &irql);
	*To = Cellar->Total; /* ok: win-paged-access-irql */
	Cellar->Table[0]++; /* ok: win-paged-access-irql */
	KeReleaseSpinLock(&Cellar->Lock, irql);
}

VOID CellarDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PCELLAR cellar = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	cellar->Total++; /* ok: win-paged-access-irql */
	RtlZeroMemory(cellar->Table, 64); /* ok: win-paged-access-irql */
}

/* Trap: the level is not known. */
/* trap: win-paged-access-irql level-unknown */
VOID CellarTouch(PCELLAR Cellar)
{
	PULONG table = ExAllocatePoolWithTag(PagedPool, 64, CELLAR_TAG);

	if (table == NULL)
		return;
	table[0] = Cellar->Total; /* ok: win-paged-access-irql */
	ExFreePoolWithTag(table, CELLAR_TAG);
}

/* Trap: only the address is stored under the lock. */
NTSTATUS CellarInstall(PCELLAR Cellar, SIZE_T Length)
{
	PULONG table = ExAllocatePool2(POOL_FLAG_PAGED, Length, CELLAR_TAG);
	KIRQL irql;

	if (table == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	KeAcquireSpinLock(&Cellar->Lock, &irql);
	Cellar->Table = table; /* ok: win-paged-access-irql */
	KeReleaseSpinLock(&Cellar->Lock, irql);
	return STATUS_SUCCESS;
}

/* Trap: a local variable on the stack of the running thread. */
ULONG CellarLocal(PCELLAR Cellar)
{
	BOTTLE bottle;
	KIRQL irql;

	KeAcquireSpinLock(&Cellar->Lock, &irql);
	RtlZeroMemory(&bottle, sizeof(bottle)); /* ok: win-paged-access-irql */
	bottle.Year = Cellar->Total;
	KeReleaseSpinLock(&Cellar->Lock, irql);
	return bottle.Year;
}
