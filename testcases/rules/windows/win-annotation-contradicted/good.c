/* Bodies and roles that fit the annotations. */
#include <ntddk.h>

typedef struct _LEDGER {
	KSPIN_LOCK Lock;
	FAST_MUTEX Mutex;
	ULONG Pages;
} LEDGER, *PLEDGER;

KDEFERRED_ROUTINE LedgerDpc;

/* What it may be called at is one thing, what it raises the level to another. */
/* trap: win-annotation-contradicted called-low-raises */
_IRQL_requires_max_(APC_LEVEL)
VOID LedgerClean(PLEDGER Ledger)
{
	KIRQL irql;

	KeAcquireSpinLock(&Ledger->Lock, &irql); /* ok: win-annotation-contradicted */
	Ledger->Pages = 0;
	KeReleaseSpinLock(&Ledger->Lock, irql);
}

_IRQL_always_function_max_(APC_LEVEL)
VOID LedgerPrint(PLEDGER Ledger)
{
	ExAcquireFastMutex(&Ledger->Mutex); /* ok: win-annotation-contradicted */
	Ledger->Pages++;
	ExReleaseFastMutex(&Ledger->Mutex);
}

_IRQL_requires_(DISPATCH_LEVEL)
VOID LedgerDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2) /* ok: win-annotation-contradicted */
{
	PLEDGER ledger = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	ledger->Pages++;
}

/* trap: win-annotation-contradicted lock-wrapper */
_Acquires_lock_(Ledger->Lock)
_IRQL_raises_(DISPATCH_LEVEL)
VOID LedgerLock(PLEDGER Ledger, PKIRQL Irql)
{
	KeAcquireSpinLock(&Ledger->Lock, Irql);
} /* ok: win-annotation-contradicted */

_Releases_lock_(Ledger->Lock)
VOID LedgerUnlock(PLEDGER Ledger, KIRQL Irql)
{
	KeReleaseSpinLock(&Ledger->Lock, Irql);
} /* ok: win-annotation-contradicted */
