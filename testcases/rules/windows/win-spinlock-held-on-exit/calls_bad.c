/* The lock is acquired by a wrapper, and one path forgets to release it. */
#include <ntddk.h>

typedef struct _STALL {
	KSPIN_LOCK Lock;
	ULONG Horses;
} STALL, *PSTALL;

static KIRQL StallLock(PSTALL Stall)
{
	KIRQL irql;

	KeAcquireSpinLock(&Stall->Lock, &irql);
	return irql;
}

static VOID StallUnlock(PSTALL Stall, KIRQL Irql)
{
	KeReleaseSpinLock(&Stall->Lock, Irql);
}

NTSTATUS StallAdd(PSTALL Stall)
{
	KIRQL irql = StallLock(Stall); /* note: win-spinlock-held-on-exit "calls `StallLock`" */

	if (Stall->Horses > 9)
		return STATUS_QUOTA_EXCEEDED; /* expect: win-spinlock-held-on-exit "Stall->Lock" */
	Stall->Horses++;
	StallUnlock(Stall, irql);
	return STATUS_SUCCESS;
}

/* The helper returns locked when it succeeds, and the caller forgets that. */
static NTSTATUS StallOpen(PSTALL Stall, PKIRQL Irql)
{
	KeAcquireSpinLock(&Stall->Lock, Irql);
	if (Stall->Horses == 0) {
		KeReleaseSpinLock(&Stall->Lock, *Irql);
		return STATUS_NO_MORE_ENTRIES;
	}
	return STATUS_SUCCESS;
}

NTSTATUS StallTake(PSTALL Stall)
{
	KIRQL irql;
	NTSTATUS status = StallOpen(Stall, &irql);

	if (!NT_SUCCESS(status))
		return status;
	if (Stall->Horses == 1)
		return STATUS_UNSUCCESSFUL; /* expect: win-spinlock-held-on-exit "Stall->Lock" */
	Stall->Horses--;
	KeReleaseSpinLock(&Stall->Lock, irql);
	return STATUS_SUCCESS;
}
