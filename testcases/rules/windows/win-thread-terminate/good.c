/* A feeder whose thread ends itself. */
#include <ntddk.h>

typedef struct _TROUGH {
	ERESOURCE Lock;
	PETHREAD Thread;
	BOOLEAN Stop;
	ULONG Fed;
} TROUGH, *PTROUGH;

KSTART_ROUTINE TroughThread;
KSTART_ROUTINE TroughOnce;

NTSTATUS TroughPrepare(PTROUGH Ext)
{
	Ext->Stop = FALSE;
	return ExInitializeResourceLite(&Ext->Lock);
}

static VOID TroughEnd(PTROUGH Ext)
{
	Ext->Fed = 0;
	PsTerminateSystemThread(STATUS_SUCCESS);
}

/* trap: win-thread-terminate thread-helper */
VOID TroughThread(PVOID Context)
{
	PTROUGH trough = Context;

	for (;;) {
		KeEnterCriticalRegion();
		ExAcquireResourceExclusiveLite(&trough->Lock, TRUE);
		trough->Fed++;
		ExReleaseResourceLite(&trough->Lock);
		KeLeaveCriticalRegion();
		if (trough->Stop)
			TroughEnd(trough);
	}
}

/* trap: win-thread-terminate plain-return */
VOID TroughOnce(PVOID Context)
{
	PTROUGH trough = Context;

	trough->Fed++;
}

/* Nothing tells in which thread it is called. */
VOID TroughStop(PTROUGH trough)
{
	if (PsIsSystemThread(KeGetCurrentThread()) && trough->Stop)
		PsTerminateSystemThread(STATUS_SUCCESS);
}
