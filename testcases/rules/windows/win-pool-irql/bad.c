/* Pool allocated or freed at an IRQL that its kind does not allow. */
#include <ntddk.h>

#define SILO_TAG 'oliS'

typedef struct _SILO {
	KSPIN_LOCK Lock;
	EX_SPIN_LOCK Map;
	PVOID Grain;
	ULONG Count;
} SILO, *PSILO;

KDEFERRED_ROUTINE SiloDpc;
KSERVICE_ROUTINE SiloIsr;

/* Paged pool under a spin lock. */
/* trap: win-pool-irql type-unknown */
NTSTATUS SiloFill(PSILO Silo, SIZE_T Length)
{
	PVOID grain;
	KIRQL irql;

	KeAcquireSpinLock(&Silo->Lock, &irql);
	grain = ExAllocatePoolWithTag(PagedPool, Length, SILO_TAG); /* expect: win-pool-irql */
	Silo->Count++;
	KeReleaseSpinLock(&Silo->Lock, irql);
	if (grain == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	Silo->Grain = grain;
	return STATUS_SUCCESS;
}

/* A DPC runs at DISPATCH_LEVEL. */
VOID SiloDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PSILO silo = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	silo->Grain = ExAllocatePool2(POOL_FLAG_PAGED, 64, SILO_TAG); /* expect: win-pool-irql */
}

/* An interrupt service routine may not allocate at all. */
/* trap: win-pool-irql up-to-dispatch */
BOOLEAN SiloIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	PSILO silo = Context;

	UNREFERENCED_PARAMETER(Interrupt);
	silo->Grain = ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, SILO_TAG); /* expect: win-isr-forbidden-call */
	return TRUE;
}

/* Allocated in time, freed too late. */
/* trap: win-pool-irql block-unknown */
NTSTATUS SiloMove(PSILO Silo, SIZE_T Length)
{
	PVOID grain = ExAllocatePool2(POOL_FLAG_PAGED, Length, SILO_TAG);
	KLOCK_QUEUE_HANDLE handle;

	if (grain == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	KeAcquireInStackQueuedSpinLock(&Silo->Lock, &handle);
	if (Silo->Grain != NULL) {
		ExFreePoolWithTag(grain, SILO_TAG); /* expect: win-pool-irql */
		KeReleaseInStackQueuedSpinLock(&handle);
		return STATUS_ALREADY_COMMITTED;
	}
	Silo->Grain = grain;
	KeReleaseInStackQueuedSpinLock(&handle);
	return STATUS_SUCCESS;
}

/* Raised by hand. */
/* trap: win-pool-irql level-unknown */
NTSTATUS SiloRaised(PSILO Silo)
{
	PVOID grain;
	KIRQL irql;

	KeRaiseIrql(DISPATCH_LEVEL, &irql);
	grain = ExAllocatePoolWithTag(PagedPool, 32, SILO_TAG); /* expect: win-pool-irql */
	KeLowerIrql(irql);
	Silo->Grain = grain;
	return grain != NULL ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
}

/* On one path the lock is still held. */
NTSTATUS SiloMap(PSILO Silo, BOOLEAN Shared)
{
	KIRQL irql = PASSIVE_LEVEL;
	PVOID grain;

	if (Shared)
		irql = ExAcquireSpinLockShared(&Silo->Map);
	grain = ExAllocatePoolWithTag(PagedPool, 32, SILO_TAG); /* expect: win-pool-irql */
	if (Shared)
		ExReleaseSpinLockShared(&Silo->Map, irql);
	if (grain == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	ExFreePoolWithTag(grain, SILO_TAG);
	return STATUS_SUCCESS;
}
