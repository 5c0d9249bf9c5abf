/* Wrappers acquire and release, on every path. */
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
	NTSTATUS status = STATUS_QUOTA_EXCEEDED;
	KIRQL irql = StallLock(Stall);

	if (Stall->Horses <= 9) {
		Stall->Horses++;
		status = STATUS_SUCCESS;
	}
	StallUnlock(Stall, irql);
	return status; /* ok: win-spinlock-held-on-exit */
}

/* Trap: the helper returns locked when it succeeds, and not when it fails. */
static NTSTATUS StallOpen(PSTALL Stall, PKIRQL Irql)
{
	KeAcquireSpinLock(&Stall->Lock, Irql);
	if (Stall->Horses == 0) {
		KeReleaseSpinLock(&Stall->Lock, *Irql);
		return STATUS_NO_MORE_ENTRIES; /* ok: win-spinlock-held-on-exit */
	}
	return STATUS_SUCCESS; /* ok: win-spinlock-held-on-exit */
}

NTSTATUS StallTake(PSTALL Stall)
{
	KIRQL irql;
	NTSTATUS status = StallOpen(Stall, &irql);

	if (!NT_SUCCESS(status))
		return status; /* ok: win-spinlock-held-on-exit */
	Stall->Horses--;
	KeReleaseSpinLock(&Stall->Lock, irql);
	return STATUS_SUCCESS; /* ok: win-spinlock-held-on-exit */
}

/* Trap: the helper releases what its caller acquired. */
static NTSTATUS StallFail(PSTALL Stall, KIRQL Irql, NTSTATUS Status)
{
	Stall->Horses = 0;
	KeReleaseSpinLock(&Stall->Lock, Irql);
	return Status;
}

NTSTATUS StallClose(PSTALL Stall)
{
	KIRQL irql = StallLock(Stall);

	if (Stall->Horses == 0)
		return StallFail(Stall, irql, STATUS_DEVICE_NOT_READY); /* ok: win-spinlock-held-on-exit */
	StallUnlock(Stall, irql);
	return STATUS_SUCCESS; /* ok: win-spinlock-held-on-exit */
}
