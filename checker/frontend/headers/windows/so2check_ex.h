/* Executive: pool, lookaside lists, locks, lists, timers. */
#ifndef SO2CHECK_EX_H
#define SO2CHECK_EX_H

/* --- macros that become functions --- */
#ifdef ExAllocatePool
#undef ExAllocatePool
PVOID ExAllocatePool(POOL_TYPE PoolType, SIZE_T NumberOfBytes);
#endif
#ifdef ExAllocatePoolWithTag
#undef ExAllocatePoolWithTag
PVOID ExAllocatePoolWithTag(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag);
#endif
#ifdef ExAllocatePoolWithQuota
#undef ExAllocatePoolWithQuota
PVOID ExAllocatePoolWithQuota(POOL_TYPE PoolType, SIZE_T NumberOfBytes);
#endif
#ifdef ExAllocatePoolWithQuotaTag
#undef ExAllocatePoolWithQuotaTag
PVOID ExAllocatePoolWithQuotaTag(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag);
#endif
#ifdef ExFreePool
#undef ExFreePool
VOID ExFreePool(PVOID P);
#endif
#ifdef ExFreePoolWithTag
#undef ExFreePoolWithTag
VOID ExFreePoolWithTag(PVOID P, ULONG Tag);
#endif
#ifdef ExInitializeFastMutex
#undef ExInitializeFastMutex
VOID ExInitializeFastMutex(PFAST_MUTEX FastMutex);
#endif
#ifdef ExAcquireFastMutex
#undef ExAcquireFastMutex
VOID ExAcquireFastMutex(PFAST_MUTEX FastMutex);
#endif
#ifdef ExReleaseFastMutex
#undef ExReleaseFastMutex
VOID ExReleaseFastMutex(PFAST_MUTEX FastMutex);
#endif
#ifdef ExTryToAcquireFastMutex
#undef ExTryToAcquireFastMutex
BOOLEAN ExTryToAcquireFastMutex(PFAST_MUTEX FastMutex);
#endif
#ifdef ExInitializeWorkItem
#undef ExInitializeWorkItem
VOID ExInitializeWorkItem(PWORK_QUEUE_ITEM Item, PWORKER_THREAD_ROUTINE Routine, PVOID Context);
#endif
#ifdef ExInitializeSListHead
#undef ExInitializeSListHead
VOID ExInitializeSListHead(PSLIST_HEADER SListHead);
#endif
#ifdef ExInterlockedPushEntrySList
#undef ExInterlockedPushEntrySList
PSLIST_ENTRY ExInterlockedPushEntrySList(PSLIST_HEADER ListHead, PSLIST_ENTRY ListEntry, PKSPIN_LOCK Lock);
#endif
#ifdef ExInterlockedPopEntrySList
#undef ExInterlockedPopEntrySList
PSLIST_ENTRY ExInterlockedPopEntrySList(PSLIST_HEADER ListHead, PKSPIN_LOCK Lock);
#endif
#ifdef ExInterlockedFlushSList
#undef ExInterlockedFlushSList
PSLIST_ENTRY ExInterlockedFlushSList(PSLIST_HEADER ListHead);
#endif
#ifdef ExInterlockedAddLargeStatistic
#undef ExInterlockedAddLargeStatistic
VOID ExInterlockedAddLargeStatistic(PLARGE_INTEGER Addend, ULONG Increment);
#endif
#ifdef ExInterlockedCompareExchange64
#undef ExInterlockedCompareExchange64
LONGLONG ExInterlockedCompareExchange64(LONGLONG volatile *Destination, PLONGLONG Exchange, PLONGLONG Comperand,
					PKSPIN_LOCK Lock);
#endif
#ifdef ExInterlockedAddUlong
#undef ExInterlockedAddUlong
ULONG ExInterlockedAddUlong(PULONG Addend, ULONG Increment, PKSPIN_LOCK Lock);
#endif
#ifdef ExInterlockedInsertHeadList
#undef ExInterlockedInsertHeadList
PLIST_ENTRY ExInterlockedInsertHeadList(PLIST_ENTRY ListHead, PLIST_ENTRY ListEntry, PKSPIN_LOCK Lock);
#endif
#ifdef ExInterlockedInsertTailList
#undef ExInterlockedInsertTailList
PLIST_ENTRY ExInterlockedInsertTailList(PLIST_ENTRY ListHead, PLIST_ENTRY ListEntry, PKSPIN_LOCK Lock);
#endif
#ifdef ExInterlockedRemoveHeadList
#undef ExInterlockedRemoveHeadList
PLIST_ENTRY ExInterlockedRemoveHeadList(PLIST_ENTRY ListHead, PKSPIN_LOCK Lock);
#endif
#ifdef ExInterlockedPushEntryList
#undef ExInterlockedPushEntryList
PSINGLE_LIST_ENTRY ExInterlockedPushEntryList(PSINGLE_LIST_ENTRY ListHead, PSINGLE_LIST_ENTRY ListEntry,
					      PKSPIN_LOCK Lock);
#endif
#ifdef ExInterlockedPopEntryList
#undef ExInterlockedPopEntryList
PSINGLE_LIST_ENTRY ExInterlockedPopEntryList(PSINGLE_LIST_ENTRY ListHead, PKSPIN_LOCK Lock);
#endif
#ifdef ExGetCurrentResourceThread
#undef ExGetCurrentResourceThread
ERESOURCE_THREAD ExGetCurrentResourceThread(VOID);
#endif
#ifdef ExIsResourceAcquiredLite
#undef ExIsResourceAcquiredLite
ULONG ExIsResourceAcquiredLite(PERESOURCE Resource);
#endif
#ifdef ExReleaseResource
#undef ExReleaseResource
VOID ExReleaseResource(PERESOURCE Resource);
#endif

/* --- pool: missing from mingw-w64 --- */
#ifndef POOL_FLAG_NON_PAGED
typedef ULONG64 POOL_FLAGS;
#define POOL_FLAG_REQUIRED_START 0x0000000000000001ULL
#define POOL_FLAG_USE_QUOTA 0x0000000000000001ULL
#define POOL_FLAG_UNINITIALIZED 0x0000000000000002ULL
#define POOL_FLAG_SESSION 0x0000000000000004ULL
#define POOL_FLAG_CACHE_ALIGNED 0x0000000000000008ULL
#define POOL_FLAG_RESERVED1 0x0000000000000010ULL
#define POOL_FLAG_RAISE_ON_FAILURE 0x0000000000000020ULL
#define POOL_FLAG_NON_PAGED 0x0000000000000040ULL
#define POOL_FLAG_NON_PAGED_EXECUTE 0x0000000000000080ULL
#define POOL_FLAG_PAGED 0x0000000000000100ULL
#define POOL_FLAG_RESERVED2 0x0000000000000200ULL
#define POOL_FLAG_RESERVED3 0x0000000000000400ULL
#define POOL_FLAG_LAST_KNOWN_REQUIRED POOL_FLAG_RESERVED3
#define POOL_FLAG_REQUIRED_END 0x0000000080000000ULL
#define POOL_FLAG_OPTIONAL_START 0x0000000100000000ULL
#define POOL_FLAG_SPECIAL_POOL 0x0000000100000000ULL
#define POOL_FLAG_OPTIONAL_END 0x8000000000000000ULL

typedef enum POOL_EXTENDED_PARAMETER_TYPE {
	PoolExtendedParameterInvalidType,
	PoolExtendedParameterPriority,
	PoolExtendedParameterSecurePool,
	PoolExtendedParameterNumaNode,
	PoolExtendedParameterMax
} POOL_EXTENDED_PARAMETER_TYPE;
typedef ULONG POOL_NODE_REQUIREMENT;
typedef struct _POOL_EXTENDED_PARAMETER {
	struct {
		ULONG64 Type : 8;
		ULONG64 Optional : 1;
		ULONG64 Reserved : 55;
	};
	union {
		ULONG64 Reserved2;
		PVOID Reserved3;
		EX_POOL_PRIORITY Priority;
		struct _POOL_EXTENDED_PARAMS_SECURE_POOL *SecurePoolParams;
		POOL_NODE_REQUIREMENT PreferredNode;
	};
} POOL_EXTENDED_PARAMETER, *PPOOL_EXTENDED_PARAMETER;
typedef const POOL_EXTENDED_PARAMETER *PCPOOL_EXTENDED_PARAMETER;

typedef enum _DRIVER_RUNTIME_INIT_FLAGS {
	DrvRtPoolNxOptIn = 1,
	LastDrvRtFlag
} DRIVER_RUNTIME_INIT_FLAGS,
	*PDRIVER_RUNTIME_INIT_FLAGS;
#endif
/* A driver that opts in gets no executable memory under the old names. */
#if defined(POOL_NX_OPTIN_AUTO) || defined(POOL_NX_OPTIN)
#define NonPagedPool NonPagedPoolNx
#define NonPagedPoolCacheAligned NonPagedPoolNxCacheAligned
#endif
#ifndef POOL_NX_ALLOCATION
#define POOL_NX_ALLOCATION 512
#endif
#ifndef POOL_ZERO_ALLOCATION
#define POOL_ZERO_ALLOCATION 1024
#endif
PVOID ExAllocatePool2(POOL_FLAGS Flags, SIZE_T NumberOfBytes, ULONG Tag);
PVOID ExAllocatePool3(POOL_FLAGS Flags, SIZE_T NumberOfBytes, ULONG Tag, PCPOOL_EXTENDED_PARAMETER ExtendedParameters,
		      ULONG ExtendedParametersCount);
VOID ExFreePool2(PVOID P, ULONG Tag, PCPOOL_EXTENDED_PARAMETER ExtendedParameters, ULONG ExtendedParametersCount);
PVOID ExAllocatePoolZero(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag);
PVOID ExAllocatePoolUninitialized(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag);
PVOID ExAllocatePoolQuotaZero(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag);
PVOID ExAllocatePoolQuotaUninitialized(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag);
PVOID ExAllocatePoolPriorityZero(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag, EX_POOL_PRIORITY Priority);
PVOID ExAllocatePoolPriorityUninitialized(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag,
					  EX_POOL_PRIORITY Priority);
VOID ExInitializeDriverRuntime(ULONG RuntimeFlags);

/* --- roles that mingw-w64 has as pointers only --- */
typedef PVOID NTAPI ALLOCATE_FUNCTION(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag);
typedef PVOID NTAPI ALLOCATE_FUNCTION_EX(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag,
					 struct _LOOKASIDE_LIST_EX *Lookaside);
typedef VOID NTAPI FREE_FUNCTION(PVOID Buffer);
typedef VOID NTAPI FREE_FUNCTION_EX(PVOID Buffer, struct _LOOKASIDE_LIST_EX *Lookaside);

/* --- reader-writer spin locks: missing from mingw-w64 --- */
#ifndef EX_SPIN_LOCK_INIT
typedef volatile LONG EX_SPIN_LOCK, *PEX_SPIN_LOCK;
#define EX_SPIN_LOCK_INIT 0
#endif
KIRQL ExAcquireSpinLockExclusive(PEX_SPIN_LOCK SpinLock);
KIRQL ExAcquireSpinLockShared(PEX_SPIN_LOCK SpinLock);
VOID ExReleaseSpinLockExclusive(PEX_SPIN_LOCK SpinLock, KIRQL OldIrql);
VOID ExReleaseSpinLockShared(PEX_SPIN_LOCK SpinLock, KIRQL OldIrql);
VOID ExAcquireSpinLockExclusiveAtDpcLevel(PEX_SPIN_LOCK SpinLock);
VOID ExAcquireSpinLockSharedAtDpcLevel(PEX_SPIN_LOCK SpinLock);
VOID ExReleaseSpinLockExclusiveFromDpcLevel(PEX_SPIN_LOCK SpinLock);
VOID ExReleaseSpinLockSharedFromDpcLevel(PEX_SPIN_LOCK SpinLock);
LOGICAL ExTryAcquireSpinLockExclusiveAtDpcLevel(PEX_SPIN_LOCK SpinLock);
LOGICAL ExTryAcquireSpinLockSharedAtDpcLevel(PEX_SPIN_LOCK SpinLock);
BOOLEAN ExTryConvertSharedSpinLockExclusive(PEX_SPIN_LOCK SpinLock);

/* --- push locks: missing from mingw-w64 --- */
#ifndef EX_PUSH_LOCK
typedef ULONG_PTR EX_PUSH_LOCK, *PEX_PUSH_LOCK;
#endif
VOID NTAPI ExInitializePushLock(PEX_PUSH_LOCK PushLock);
VOID ExAcquirePushLockExclusive(PEX_PUSH_LOCK PushLock);
VOID ExAcquirePushLockShared(PEX_PUSH_LOCK PushLock);
VOID ExReleasePushLockExclusive(PEX_PUSH_LOCK PushLock);
VOID ExReleasePushLockShared(PEX_PUSH_LOCK PushLock);

/* --- others missing from mingw-w64 --- */
typedef struct _EX_TIMER EX_TIMER;
VOID ExInitializeDeleteTimerParameters(PEXT_DELETE_PARAMETERS Parameters);
NTSTATUS ExGetFirmwareEnvironmentVariable(PUNICODE_STRING VariableName, LPGUID VendorGuid, PVOID Value,
					  PULONG ValueLength, PULONG Attributes);
NTSTATUS ExSetFirmwareEnvironmentVariable(PUNICODE_STRING VariableName, LPGUID VendorGuid, PVOID Value,
					  ULONG ValueLength, ULONG Attributes);
BOOLEAN ExTryToAcquireResourceExclusiveLite(PERESOURCE Resource);

#endif
