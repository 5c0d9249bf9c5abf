/* Headers that write the list operations as macros. */
#include <ntddk.h>

#undef InitializeListHead
#undef InsertTailList
#define InitializeListHead(le) (void)((le)->Flink = (le)->Blink = (le))
#define InsertTailList(le, e)                  \
	do {                                   \
		PLIST_ENTRY b = (le)->Blink;   \
		(e)->Flink = (le);             \
		(e)->Blink = b;                \
		b->Flink = (e);                \
		(le)->Blink = (e);             \
	} while (0)

typedef struct _DEPOT {
	KSPIN_LOCK Lock;
	LIST_ENTRY Full, Empty;
} DEPOT, *PDEPOT;

static PDEPOT DepotCreate(void)
{
	PDEPOT depot = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*depot), 'peD ');

	if (!depot)
		return NULL;
	KeInitializeSpinLock(&depot->Lock);
	InitializeListHead(&depot->Empty); /* note: win-init-missing */
	return depot;
}

static VOID DepotStore(PDEPOT Depot, PLIST_ENTRY Crate, BOOLEAN Full)
{
	KIRQL irql;

	KeAcquireSpinLock(&Depot->Lock, &irql);
	if (Full)
		InsertTailList(&Depot->Full, Crate); /* expect: win-init-missing "Depot->Full" */
	else
		InsertTailList(&Depot->Empty, Crate);
	KeReleaseSpinLock(&Depot->Lock, irql);
}

NTSTATUS DepotTry(PLIST_ENTRY Crate)
{
	PDEPOT depot = DepotCreate();

	if (!depot)
		return STATUS_INSUFFICIENT_RESOURCES;
	DepotStore(depot, Crate, TRUE);
	ExFreePoolWithTag(depot, 'peD ');
	return STATUS_SUCCESS;
}
