/* Bodies and roles that contradict the annotations. */
#include <ntddk.h>

typedef struct _LEDGER {
	KSPIN_LOCK Lock;
	FAST_MUTEX Mutex;
	ULONG Pages;
} LEDGER, *PLEDGER;

KDEFERRED_ROUTINE LedgerDpc;

/* Never above APC_LEVEL, it says. */
/* trap: win-annotation-contradicted called-low-raises */
_IRQL_always_function_max_(APC_LEVEL)
VOID LedgerClean(PLEDGER Ledger) /* note: win-annotation-contradicted "LedgerClean is declared never to run above" */
{
	KIRQL irql;

	KeAcquireSpinLock(&Ledger->Lock, &irql); /* expect: win-annotation-contradicted "LedgerClean is declared to run at APC level at most" */
	Ledger->Pages = 0;
	KeReleaseSpinLock(&Ledger->Lock, irql);
}

/* A DPC is called at DISPATCH_LEVEL, whatever it says. */
_IRQL_requires_max_(APC_LEVEL)
VOID LedgerDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2) /* expect: win-annotation-contradicted "LedgerDpc" */
{
	PLEDGER ledger = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	ledger->Pages++;
}

/* Says that it acquires, and does not on one path. */
/* trap: win-annotation-contradicted lock-wrapper */
_Acquires_lock_(Ledger->Lock)
VOID LedgerLock(PLEDGER Ledger, PKIRQL Irql)
{
	Ledger->Pages++;
	*Irql = PASSIVE_LEVEL;
} /* expect: win-annotation-contradicted "LedgerLock" */
