/* Waits where no other thread can run. */
#include <ntddk.h>

typedef struct _BELL {
	KSPIN_LOCK Lock;
	KEVENT Still;
	KMUTEX Rope;
	KDPC Dpc;
	ULONG Strokes;
} BELL, *PBELL;

KDEFERRED_ROUTINE BellDpc;

VOID BellRing(PBELL Bell)
{
	KIRQL irql;

	KeAcquireSpinLock(&Bell->Lock, &irql); /* note: win-wait-at-dispatch "Bell->Lock" */
	Bell->Strokes++;
	KeWaitForSingleObject(&Bell->Still, Executive, KernelMode, FALSE, NULL); /* expect: win-wait-at-dispatch "Bell->Lock" */
	KeReleaseSpinLock(&Bell->Lock, irql);
}

/* trap: win-wait-at-dispatch zero-timeout
 * Ten milliseconds are not zero. */
VOID BellDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PBELL bell = Context;
	LARGE_INTEGER timeout;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	timeout.QuadPart = -10 * 1000 * 10;
	KeWaitForSingleObject(&bell->Still, Executive, KernelMode, FALSE, &timeout); /* expect: win-wait-at-dispatch "KeWaitForSingleObject" */
	bell->Strokes = 0;
}

static VOID BellPause(VOID)
{
	LARGE_INTEGER interval = { .QuadPart = -1000 };

	KeDelayExecutionThread(KernelMode, FALSE, &interval);
}

/* trap: win-wait-at-dispatch asked-irql
 * Nobody asks on the way down. */
VOID BellSwing(PBELL Bell)
{
	KIRQL irql;

	KeRaiseIrql(DISPATCH_LEVEL, &irql);
	Bell->Strokes++;
	BellPause(); /* expect: win-wait-at-dispatch "KeDelayExecutionThread" */
	KeLowerIrql(irql);
}

/* trap: win-wait-at-dispatch released-first
 * Released on the other path only. */
VOID BellStop(PBELL Bell, BOOLEAN Early)
{
	KIRQL irql;

	KeAcquireSpinLock(&Bell->Lock, &irql);
	Bell->Strokes = 0;
	if (Early)
		KeReleaseSpinLock(&Bell->Lock, irql);
	KeWaitForMutexObject(&Bell->Rope, Executive, KernelMode, FALSE, NULL); /* expect: win-wait-at-dispatch "Bell->Lock" */
	if (!Early)
		KeReleaseSpinLock(&Bell->Lock, irql);
	KeReleaseMutex(&Bell->Rope, FALSE);
}
