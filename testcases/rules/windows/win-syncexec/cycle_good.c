/* Below functions that call each other, from a work item. */
#include <ntddk.h>

typedef struct _BELL {
	PKINTERRUPT Interrupt;
	ULONG Rings;
} BELL, *PBELL;

KSERVICE_ROUTINE BellIsr;
KSYNCHRONIZE_ROUTINE BellSilence;
KSYNCHRONIZE_ROUTINE BellReset;

BOOLEAN BellSilence(PVOID Context)
{
	((PBELL)Context)->Rings = 0;
	return TRUE;
}

NTSTATUS BellConnect(PBELL Bell, ULONG Vector, KIRQL Irql)
{
	return IoConnectInterrupt(&Bell->Interrupt, BellIsr, Bell, NULL, Vector, Irql, Irql, LevelSensitive, FALSE, 1, FALSE);
}

static VOID BellQuiet(PBELL Bell)
{
	KeSynchronizeExecution(Bell->Interrupt, BellSilence, Bell); /* ok: win-syncexec */
}

static VOID BellNext(PBELL Bell, ULONG Rest);

static VOID BellFirst(PBELL Bell, ULONG Rest)
{
	if (Rest == 0)
		BellQuiet(Bell);
	else
		BellNext(Bell, Rest);
}

static VOID BellNext(PBELL Bell, ULONG Rest)
{
	BellFirst(Bell, Rest - 1);
}

BOOLEAN BellIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	PBELL bell = Context;

	UNREFERENCED_PARAMETER(Interrupt);
	bell->Rings++;
	return TRUE;
}

IO_WORKITEM_ROUTINE BellWorker;

VOID BellWorker(PDEVICE_OBJECT Device, PVOID Context)
{
	UNREFERENCED_PARAMETER(Device);
	BellFirst(Context, 2); /* ok: win-syncexec */
}
