/* Known gap: the level is raised in the caller. */
#include <ntddk.h>

typedef struct _TOWER {
	KSPIN_LOCK Lock;
	UNICODE_STRING Link;
} TOWER, *PTOWER;

static VOID TowerUnlink(PTOWER Tower)
{
	IoDeleteSymbolicLink(&Tower->Link); /* todo-expect: win-irql-too-high "IoDeleteSymbolicLink" */
}

VOID TowerHide(PTOWER Tower)
{
	KIRQL irql;

	KeAcquireSpinLock(&Tower->Lock, &irql);
	TowerUnlink(Tower);
	KeReleaseSpinLock(&Tower->Lock, irql);
}
