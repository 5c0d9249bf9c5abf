"""What the operators know of the functions of the Windows kernel; like apis.py, on its own authority."""

from __future__ import annotations

from .apis import RESULT, Lock, Pair

NO_ARGUMENT = -1

_LOCKS = [
    # acquire, release, spins, argument of acquire, argument of release
    ("KeAcquireSpinLock", "KeReleaseSpinLock", True, 0, 0),
    ("KeAcquireSpinLockRaiseToDpc", "KeReleaseSpinLock", True, 0, 0),
    ("KeAcquireSpinLockAtDpcLevel", "KeReleaseSpinLockFromDpcLevel", True, 0, 0),
    ("KeAcquireInStackQueuedSpinLock", "KeReleaseInStackQueuedSpinLock", True, 1, 0),
    ("KeAcquireInStackQueuedSpinLockAtDpcLevel", "KeReleaseInStackQueuedSpinLockFromDpcLevel", True, 1, 0),
    ("KeAcquireInterruptSpinLock", "KeReleaseInterruptSpinLock", True, 0, 0),
    ("ExAcquireSpinLockExclusive", "ExReleaseSpinLockExclusive", True, 0, 0),
    ("ExAcquireSpinLockShared", "ExReleaseSpinLockShared", True, 0, 0),
    ("IoAcquireCancelSpinLock", "IoReleaseCancelSpinLock", True, NO_ARGUMENT, NO_ARGUMENT),
    ("ExAcquireFastMutex", "ExReleaseFastMutex", False, 0, 0),
    ("ExAcquireFastMutexUnsafe", "ExReleaseFastMutexUnsafe", False, 0, 0),
    ("KeAcquireGuardedMutex", "KeReleaseGuardedMutex", False, 0, 0),
    ("ExAcquireResourceExclusiveLite", "ExReleaseResourceLite", False, 0, 0),
    ("ExAcquireResourceSharedLite", "ExReleaseResourceLite", False, 0, 0),
    ("KeWaitForSingleObject", "KeReleaseMutex", False, 0, 0),
    ("KeEnterCriticalRegion", "KeLeaveCriticalRegion", False, NO_ARGUMENT, NO_ARGUMENT),
]
LOCKS = {row[0]: Lock(row[0], row[1], row[2], taken=row[3], given=row[4]) for row in _LOCKS}
UNLOCKS = {lock.release: lock.given for lock in LOCKS.values()}
# Unlocks whose last argument is the IRQL to go back to, and the acquisitions that saved it.
IRQL_SAVED = {"KeReleaseSpinLock": 1, "ExReleaseSpinLockExclusive": 1, "ExReleaseSpinLockShared": 1,
              "KeReleaseInterruptSpinLock": 1, "IoReleaseCancelSpinLock": 0, "KeLowerIrql": 0}
# The form that leaves the IRQL as it is.
WITHOUT_IRQL = {"KeReleaseSpinLock": "KeReleaseSpinLockFromDpcLevel",
                "ExReleaseSpinLockExclusive": "ExReleaseSpinLockExclusiveFromDpcLevel",
                "ExReleaseSpinLockShared": "ExReleaseSpinLockSharedFromDpcLevel"}

_POOL = ("ExFreePool", "ExFreePoolWithTag")
_BLOCKS = {"ExAllocateFromNPagedLookasideList": "ExFreeToNPagedLookasideList",
           "ExAllocateFromPagedLookasideList": "ExFreeToPagedLookasideList"}


def _pairs() -> list[Pair]:
    result = [Pair(name, _POOL, RESULT, 0, "null", True) for name in (
        "ExAllocatePool", "ExAllocatePoolWithTag", "ExAllocatePool2", "ExAllocatePoolZero", "ExAllocatePoolUninitialized")]
    result += [Pair(name, (release,), RESULT, 1, "null", True) for name, release in _BLOCKS.items()]
    plain = [
        # acquire, release, taken, given, failure, stored
        ("IoAllocateMdl", "IoFreeMdl", RESULT, 0, "null", False),
        ("MmProbeAndLockPages", "MmUnlockPages", 0, 0, "raises", False),
        ("MmMapLockedPagesSpecifyCache", "MmUnmapLockedPages", RESULT, 0, "null", False),
        ("MmMapIoSpace", "MmUnmapIoSpace", RESULT, 0, "null", False),
        ("MmAllocateContiguousMemory", "MmFreeContiguousMemory", RESULT, 0, "null", False),
        ("IoAllocateWorkItem", "IoFreeWorkItem", RESULT, 0, "null", False),
        ("IoAllocateIrp", "IoFreeIrp", RESULT, 0, "null", False),
        ("IoCreateDevice", "IoDeleteDevice", 6, 0, "status", True),
        ("IoCreateSymbolicLink", "IoDeleteSymbolicLink", 0, 0, "status", False),
        ("IoConnectInterrupt", "IoDisconnectInterrupt", 0, 0, "status", True),
        ("ExInitializeNPagedLookasideList", "ExDeleteNPagedLookasideList", 0, 0, "never", False),
        ("ExInitializePagedLookasideList", "ExDeletePagedLookasideList", 0, 0, "never", False),
        ("ExInitializeResourceLite", "ExDeleteResourceLite", 0, 0, "status", False),
        ("IoAcquireRemoveLock", "IoReleaseRemoveLock", 0, 0, "status", False),
        ("KeSaveFloatingPointState", "KeRestoreFloatingPointState", 0, 0, "status", False),
        ("PsCreateSystemThread", "ZwClose", 0, 0, "status", True),
        ("ObReferenceObjectByHandle", "ObDereferenceObject", 4, 0, "status", True),
        ("ObReferenceObjectByPointer", "ObDereferenceObject", 0, 0, "status", False),
        ("IoGetDeviceObjectPointer", "ObDereferenceObject", 2, 0, "status", True),
    ]
    plain += [(name, "ZwClose", 0, 0, "status", True) for name in (
        "ZwCreateFile", "ZwOpenFile", "ZwCreateKey", "ZwOpenKey", "ZwCreateEvent", "ZwOpenEvent", "ZwCreateSection",
        "ZwOpenSection", "ZwCreateDirectoryObject", "ZwOpenDirectoryObject", "ZwOpenSymbolicLinkObject",
        "ObOpenObjectByPointer", "IoOpenDeviceRegistryKey", "IoOpenDeviceInterfaceRegistryKey")]
    handle = {"ObOpenObjectByPointer": 6, "IoOpenDeviceRegistryKey": 3, "IoOpenDeviceInterfaceRegistryKey": 2}
    return result + [Pair(acquire, (release,), handle.get(acquire, taken), given, failure, stored=stored)
                     for acquire, release, taken, given, failure, stored in plain]


PAIRS = {pair.acquire: pair for pair in _pairs()}
NEVER_FAIL = frozenset(LOCKS) - {"KeWaitForSingleObject"} | {p.acquire for p in PAIRS.values() if p.failure == "never"}
RELEASES = {name: pair.given for pair in PAIRS.values() for name in pair.release}
MEMORY_RELEASES = frozenset(name for pair in PAIRS.values() if pair.memory for name in pair.release)
POOL_RELEASES = frozenset(_POOL)
ALLOCATIONS = frozenset(pair.acquire for pair in PAIRS.values() if pair.failure == "null")
STATUS_CALLS = frozenset(pair.acquire for pair in PAIRS.values() if pair.failure == "status") | frozenset(
    """IoRegisterDeviceInterface IoCreateNotificationEvent IoSetDeviceInterfaceState ZwQueryValueKey ZwQueryInformationFile
    ZwReadFile ZwWriteFile ZwDeviceIoControlFile RtlAnsiStringToUnicodeString RtlStringCbPrintfW RtlUnicodeStringToInteger
    IoGetDeviceProperty PsLookupProcessByProcessId""".split())

# Routines that run at DISPATCH_LEVEL or above: call -> argument that names them.
DISPATCH_CALLBACKS = {"KeInitializeDpc": 1, "IoInitializeDpcRequest": 1, "IoConnectInterrupt": 1}
NONPAGED = {"NonPagedPool": "PagedPool", "NonPagedPoolNx": "PagedPool", "NonPagedPoolExecute": "PagedPool",
            "POOL_FLAG_NON_PAGED": "POOL_FLAG_PAGED"}
# Releases that belong to the end of the device or driver.
DELETES = ("IoDeleteSymbolicLink", "IoDeleteDevice", "ExDeleteNPagedLookasideList", "ExDeletePagedLookasideList")
STOPS = {"KeCancelTimer": 0, "IoDisconnectInterrupt": 0}
# initialiser -> calls that need it
NEEDED = {
    "KeInitializeSpinLock": r"KeAcquireSpinLock\w*|KeAcquireInStackQueuedSpinLock\w*|ExInterlocked\w+List",
    "KeInitializeEvent": r"KeSetEvent|KeWaitForSingleObject|KeClearEvent|KeResetEvent",
    "ExInitializeFastMutex": r"ExAcquireFastMutex\w*",
    "KeInitializeMutex": r"KeWaitForSingleObject|KeReleaseMutex",
    "InitializeListHead": r"Insert(?:Head|Tail)List|Remove(?:Head|Tail)List|IsListEmpty",
    "KeInitializeDpc": r"KeInsertQueueDpc|KeSetTimer\w*",
    "KeInitializeTimer": r"KeSetTimer\w*", "KeInitializeTimerEx": r"KeSetTimer\w*",
    "IoInitializeRemoveLock": r"IoAcquireRemoveLock",
}
