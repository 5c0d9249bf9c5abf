/* Waits below dispatch level, and questions at it. */
#include <ntddk.h>

typedef struct _BELL {
	KSPIN_LOCK Lock;
	KEVENT Still;
	KMUTEX Rope;
	ULONG Strokes;
} BELL, *PBELL;

KDEFERRED_ROUTINE BellDpc;

VOID BellRing(PBELL Bell)
{
	KIRQL irql;

	KeAcquireSpinLock(&Bell->Lock, &irql);
	Bell->Strokes++;
	KeReleaseSpinLock(&Bell->Lock, irql);
	KeWaitForSingleObject(&Bell->Still, Executive, KernelMode, FALSE, NULL); /* ok: win-wait-at-dispatch */
}

/* trap: win-wait-at-dispatch zero-timeout */
VOID BellDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PBELL bell = Context;
	LARGE_INTEGER timeout;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	timeout.QuadPart = 0;
	if (KeWaitForSingleObject(&bell->Still, Executive, KernelMode, FALSE, &timeout) == STATUS_SUCCESS) /* ok: win-wait-at-dispatch */
		bell->Strokes = 0;
}

/* trap: win-wait-at-dispatch asked-irql */
static VOID BellPause(PBELL Bell)
{
	LARGE_INTEGER interval = { .QuadPart = -1000 };

	if (KeGetCurrentIrql() < DISPATCH_LEVEL)
		KeDelayExecutionThread(KernelMode, FALSE, &interval); /* ok: win-wait-at-dispatch */
	else
		Bell->Strokes++;
}

VOID BellSwing(PBELL Bell)
{
	KIRQL irql;

	KeRaiseIrql(DISPATCH_LEVEL, &irql);
	BellPause(Bell);
	KeLowerIrql(irql);
	BellPause(Bell);
}

/* trap: win-wait-at-dispatch released-first */
VOID BellStop(PBELL Bell, BOOLEAN Early)
{
	KIRQL irql;

	KeAcquireSpinLock(&Bell->Lock, &irql);
	Bell->Strokes = 0;
	if (Early) {
		KeReleaseSpinLock(&Bell->Lock, irql);
		KeWaitForMutexObject(&Bell->Rope, Executive, KernelMode, FALSE, NULL); /* ok: win-wait-at-dispatch */
		KeReleaseMutex(&Bell->Rope, FALSE);
		return;
	}
	KeReleaseSpinLock(&Bell->Lock, irql);
}

/* How long is not known: perhaps not at all. */
VOID BellListen(PBELL Bell, PLARGE_INTEGER Timeout)
{
	KIRQL irql;

	KeAcquireSpinLock(&Bell->Lock, &irql);
	KeWaitForSingleObject(&Bell->Still, Executive, KernelMode, FALSE, Timeout); /* ok: win-wait-at-dispatch */
	KeReleaseSpinLock(&Bell->Lock, irql);
}
