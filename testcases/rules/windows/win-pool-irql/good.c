/* Paged pool below DISPATCH_LEVEL, nonpaged pool up to it. */
#include <ntddk.h>

#define SILO_TAG 'oliS'

typedef struct _SILO {
	KSPIN_LOCK Lock;
	FAST_MUTEX Mutex;
	POOL_TYPE Type;
	PVOID Grain;
	ULONG Count;
} SILO, *PSILO;

KDEFERRED_ROUTINE SiloDpc;

/* Trap: allocated before the lock is taken. */
NTSTATUS SiloFill(PSILO Silo, SIZE_T Length)
{
	PVOID grain = ExAllocatePoolWithTag(PagedPool, Length, SILO_TAG); /* ok: win-pool-irql */
	KIRQL irql;

	if (grain == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	KeAcquireSpinLock(&Silo->Lock, &irql);
	Silo->Grain = grain;
	KeReleaseSpinLock(&Silo->Lock, irql);
	return STATUS_SUCCESS;
}

/* Trap: nonpaged pool under a lock, and in a DPC. */
/* trap: win-pool-irql up-to-dispatch */
NTSTATUS SiloUnderLock(PSILO Silo)
{
	NTSTATUS status = STATUS_SUCCESS;
	KIRQL irql;

	KeAcquireSpinLock(&Silo->Lock, &irql);
	Silo->Grain = ExAllocatePoolWithTag(NonPagedPoolNx, 64, SILO_TAG); /* ok: win-pool-irql */
	if (Silo->Grain == NULL)
		status = STATUS_INSUFFICIENT_RESOURCES;
	KeReleaseSpinLock(&Silo->Lock, irql);
	return status;
}

VOID SiloDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PVOID block = ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, SILO_TAG); /* ok: win-pool-irql */

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Context);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	if (block != NULL)
		ExFreePoolWithTag(block, SILO_TAG); /* ok: win-pool-irql */
}

/* Trap: released, or lowered, before. */
NTSTATUS SiloMove(PSILO Silo, SIZE_T Length)
{
	PVOID grain;
	KIRQL irql;

	KeAcquireSpinLock(&Silo->Lock, &irql);
	Silo->Count++;
	KeReleaseSpinLock(&Silo->Lock, irql);
	grain = ExAllocatePool2(POOL_FLAG_PAGED, Length, SILO_TAG); /* ok: win-pool-irql */
	if (grain == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	KeRaiseIrql(DISPATCH_LEVEL, &irql);
	Silo->Count--;
	KeLowerIrql(irql);
	ExFreePoolWithTag(grain, SILO_TAG); /* ok: win-pool-irql */
	return STATUS_SUCCESS;
}

/* Trap: APC_LEVEL is low enough for paged pool. */
NTSTATUS SiloUnderMutex(PSILO Silo)
{
	NTSTATUS status = STATUS_SUCCESS;

	ExAcquireFastMutex(&Silo->Mutex);
	Silo->Grain = ExAllocatePool2(POOL_FLAG_PAGED, 64, SILO_TAG); /* ok: win-pool-irql */
	if (Silo->Grain == NULL)
		status = STATUS_INSUFFICIENT_RESOURCES;
	ExReleaseFastMutex(&Silo->Mutex);
	return status;
}

/* Trap: the pool type is in a variable. */
/* trap: win-pool-irql type-unknown */
PVOID SiloAny(PSILO Silo, SIZE_T Length)
{
	PVOID block;
	KIRQL irql;

	KeAcquireSpinLock(&Silo->Lock, &irql);
	block = ExAllocatePoolWithTag(Silo->Type, Length, SILO_TAG); /* ok: win-pool-irql */
	KeReleaseSpinLock(&Silo->Lock, irql);
	return block;
}

/* Trap: nothing is known about the kind of the block. */
/* trap: win-pool-irql block-unknown */
VOID SiloEmpty(PSILO Silo)
{
	KIRQL irql;

	KeAcquireSpinLock(&Silo->Lock, &irql);
	if (Silo->Grain != NULL) {
		ExFreePoolWithTag(Silo->Grain, SILO_TAG); /* ok: win-pool-irql */
		Silo->Grain = NULL;
	}
	KeReleaseSpinLock(&Silo->Lock, irql);
}

/* Trap: nothing is known about the level at entry. */
/* trap: win-pool-irql level-unknown */
PVOID SiloAllocate(SIZE_T Length)
{
	return ExAllocatePoolWithTag(PagedPool, Length, SILO_TAG); /* ok: win-pool-irql */
}

/* Trap: only the branch that did not take the lock allocates paged pool. */
PVOID SiloEither(PSILO Silo, BOOLEAN Locked)
{
	KIRQL irql = PASSIVE_LEVEL;
	PVOID block;

	if (Locked)
		KeAcquireSpinLock(&Silo->Lock, &irql);
	if (!Locked)
		block = ExAllocatePool2(POOL_FLAG_PAGED, 64, SILO_TAG); /* ok: win-pool-irql */
	else
		block = ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, SILO_TAG);
	if (Locked)
		KeReleaseSpinLock(&Silo->Lock, irql);
	return block;
}
