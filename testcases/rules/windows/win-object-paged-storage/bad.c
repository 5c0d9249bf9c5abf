/* Locks and events in paged pool. */
#include <ntddk.h>

#define BELL_TAG 'lleB'

KDEFERRED_ROUTINE BellRing;

struct bell {
	KSPIN_LOCK Lock;
	KEVENT Rung;
	KTIMER Timer;
	KDPC Dpc;
	FAST_MUTEX Mutex;
	ERESOURCE Resource;
	ULONG Count;
};

static struct bell *bell_tower;

VOID BellRing(PKDPC Dpc, PVOID Context, PVOID First, PVOID Second)
{
	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Context);
	UNREFERENCED_PARAMETER(First);
	UNREFERENCED_PARAMETER(Second);
}

NTSTATUS BellCreate(struct bell **result)
{
	struct bell *bell = ExAllocatePoolWithTag(PagedPool, sizeof(*bell), BELL_TAG); /* note: win-object-paged-storage "bell is allocated here" */

	if (bell == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	KeInitializeSpinLock(&bell->Lock); /* expect: win-object-paged-storage "bell->Lock lies in paged pool" */
	KeInitializeEvent(&bell->Rung, NotificationEvent, FALSE); /* expect: win-object-paged-storage "bell->Rung" */
	ExInitializeFastMutex(&bell->Mutex); /* expect: win-object-paged-storage "bell->Mutex" */
	*result = bell;
	return STATUS_SUCCESS;
}

/* trap: win-object-paged-storage device-extension */
NTSTATUS BellTower(VOID)
{
	bell_tower = ExAllocatePool2(POOL_FLAG_PAGED, sizeof(struct bell), BELL_TAG);
	if (bell_tower == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	KeInitializeTimer(&bell_tower->Timer); /* expect: win-object-paged-storage "bell_tower->Timer" */
	KeInitializeDpc(&bell_tower->Dpc, BellRing, bell_tower); /* expect: win-object-paged-storage "bell_tower->Dpc" */
	return STATUS_SUCCESS;
}

/* An object of its own. */
/* trap: win-object-paged-storage object-on-the-stack */
NTSTATUS BellEvent(PKEVENT *result)
{
	PKEVENT event = ExAllocatePoolWithTag(PagedPool, sizeof(KEVENT), BELL_TAG);

	if (event == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	KeInitializeEvent(event, SynchronizationEvent, FALSE); /* expect: win-object-paged-storage "event lies in" */
	*result = event;
	return STATUS_SUCCESS;
}

/* The type is known here. */
/* trap: win-object-paged-storage unknown-pool-type */
NTSTATUS BellResource(struct bell **result)
{
	POOL_TYPE type = PagedPoolCacheAligned;
	struct bell *bell = ExAllocatePoolWithTag(type, sizeof(*bell), BELL_TAG);

	if (bell == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	ExInitializeResourceLite(&bell->Resource); /* expect: win-object-paged-storage "bell->Resource" */
	*result = bell;
	return STATUS_SUCCESS;
}
