/* Every Windows function that the rules may name, called as a driver calls it.
 * names.txt lists them; each must come out of the frontend as a call of that
 * name, also where the driver kit's headers have a macro. */
#include <ntifs.h>
#include <ntddk.h>
#include <csq.h>
#include <ntstrsafe.h>
#include <wdmsec.h>
#include <wmilib.h>

#define TAG 'tseT'

static PDRIVER_OBJECT driver;
static PDEVICE_OBJECT device, lower, *device_slot;
static PFILE_OBJECT file;
static PIRP irp;
static PMDL mdl;
static PIO_STACK_LOCATION stack;
static PVOID memory;
static HANDLE handle;
static NTSTATUS status;
static KIRQL irql;
static BOOLEAN flag;
static ULONG number;
static LONG count;
static LONG64 wide;
static UNICODE_STRING name, other;
static ANSI_STRING ansi;
static LARGE_INTEGER time;
static PHYSICAL_ADDRESS low, high, skip;
static KEVENT event;
static IO_STATUS_BLOCK result;
static OBJECT_ATTRIBUTES attributes;
static LIST_ENTRY list, *item;
static SINGLE_LIST_ENTRY single, *single_item;
static SLIST_HEADER sequenced;
static SLIST_ENTRY sequenced_item;
static KSPIN_LOCK spin;
static ERESOURCE resource;
static PEPROCESS process;
static PETHREAD thread;
static PKINTERRUPT interrupt;

IO_COMPLETION_ROUTINE completed;
DRIVER_CANCEL cancelled;
KDEFERRED_ROUTINE deferred;
IO_DPC_ROUTINE io_deferred;
IO_WORKITEM_ROUTINE work;
IO_WORKITEM_ROUTINE_EX work_ex;
WORKER_THREAD_ROUTINE worker;
KSTART_ROUTINE start;
KSERVICE_ROUTINE service;
KSYNCHRONIZE_ROUTINE synchronized;
IO_TIMER_ROUTINE every_second;
EXT_CALLBACK expired;
ALLOCATE_FUNCTION allocate;
FREE_FUNCTION release;
ALLOCATE_FUNCTION_EX allocate_ex;
FREE_FUNCTION_EX release_ex;
DRIVER_CONTROL adapter_ready;
DRIVER_NOTIFICATION_CALLBACK_ROUTINE device_changed;
REQUEST_POWER_COMPLETE powered;
IO_CSQ_INSERT_IRP csq_insert;
IO_CSQ_INSERT_IRP_EX csq_insert_ex;
IO_CSQ_REMOVE_IRP csq_remove;
IO_CSQ_PEEK_NEXT_IRP csq_peek;
IO_CSQ_ACQUIRE_LOCK csq_acquire;
IO_CSQ_RELEASE_LOCK csq_release;
IO_CSQ_COMPLETE_CANCELED_IRP csq_cancel;
EXPAND_STACK_CALLOUT deeper;
RTL_QUERY_REGISTRY_ROUTINE query;
DRIVER_REINITIALIZE again;
CALLBACK_FUNCTION notified;
KIPI_BROADCAST_WORKER everywhere;

static void spin_locks(void)
{
	KLOCK_QUEUE_HANDLE queued;
	EX_SPIN_LOCK shared = 0;

	KeInitializeSpinLock(&spin);
	KeAcquireSpinLock(&spin, &irql);
	KeReleaseSpinLock(&spin, irql);
	KeAcquireSpinLockAtDpcLevel(&spin);
	KeReleaseSpinLockFromDpcLevel(&spin);
	irql = KeAcquireSpinLockRaiseToDpc(&spin);
	flag = KeTryToAcquireSpinLockAtDpcLevel(&spin);
	flag = KeTestSpinLock(&spin);
	KeAcquireInStackQueuedSpinLock(&spin, &queued);
	KeReleaseInStackQueuedSpinLock(&queued);
	KeAcquireInStackQueuedSpinLockAtDpcLevel(&spin, &queued);
	KeReleaseInStackQueuedSpinLockFromDpcLevel(&queued);
	KeAcquireInStackQueuedSpinLockForDpc(&spin, &queued);
	KeReleaseInStackQueuedSpinLockForDpc(&queued);
	irql = KeAcquireSpinLockForDpc(&spin);
	KeReleaseSpinLockForDpc(&spin, irql);
	irql = KeAcquireInterruptSpinLock(interrupt);
	KeReleaseInterruptSpinLock(interrupt, irql);
	irql = ExAcquireSpinLockExclusive(&shared);
	ExReleaseSpinLockExclusive(&shared, irql);
	irql = ExAcquireSpinLockShared(&shared);
	flag = ExTryConvertSharedSpinLockExclusive(&shared);
	ExReleaseSpinLockShared(&shared, irql);
	ExAcquireSpinLockExclusiveAtDpcLevel(&shared);
	ExReleaseSpinLockExclusiveFromDpcLevel(&shared);
	ExAcquireSpinLockSharedAtDpcLevel(&shared);
	ExReleaseSpinLockSharedFromDpcLevel(&shared);
	number = ExTryAcquireSpinLockExclusiveAtDpcLevel(&shared);
	number = ExTryAcquireSpinLockSharedAtDpcLevel(&shared);
	IoAcquireCancelSpinLock(&irql);
	IoReleaseCancelSpinLock(irql);
}

static void irqls(void)
{
	KFLOATING_SAVE floating;
	XSTATE_SAVE extended;

	KeRaiseIrql(DISPATCH_LEVEL, &irql);
	KeLowerIrql(irql);
	irql = KeGetCurrentIrql();
	irql = KeRaiseIrqlToDpcLevel();
	irql = KeRaiseIrqlToSynchLevel();
	PAGED_CODE();
	status = KeSaveFloatingPointState(&floating);
	status = KeRestoreFloatingPointState(&floating);
	status = KeSaveExtendedProcessorState(XSTATE_MASK_LEGACY, &extended);
	KeRestoreExtendedProcessorState(&extended);
	KeEnterCriticalRegion();
	KeLeaveCriticalRegion();
	KeEnterGuardedRegion();
	KeLeaveGuardedRegion();
	flag = KeAreApcsDisabled();
	flag = KeAreAllApcsDisabled();
	FsRtlEnterFileSystem();
	FsRtlExitFileSystem();
}

static void mutexes(void)
{
	FAST_MUTEX fast;
	KGUARDED_MUTEX guarded;
	KMUTEX mutex;
	EX_PUSH_LOCK push;
	EX_RUNDOWN_REF rundown;

	ExInitializeFastMutex(&fast);
	ExAcquireFastMutex(&fast);
	ExReleaseFastMutex(&fast);
	flag = ExTryToAcquireFastMutex(&fast);
	ExAcquireFastMutexUnsafe(&fast);
	ExReleaseFastMutexUnsafe(&fast);
	KeInitializeGuardedMutex(&guarded);
	KeAcquireGuardedMutex(&guarded);
	KeReleaseGuardedMutex(&guarded);
	flag = KeTryToAcquireGuardedMutex(&guarded);
	KeAcquireGuardedMutexUnsafe(&guarded);
	KeReleaseGuardedMutexUnsafe(&guarded);
	KeInitializeMutex(&mutex, 0);
	status = KeWaitForMutexObject(&mutex, Executive, KernelMode, FALSE, NULL);
	count = KeReadStateMutex(&mutex);
	count = KeReleaseMutex(&mutex, FALSE);
	ExInitializePushLock(&push);
	ExAcquirePushLockExclusive(&push);
	ExReleasePushLockExclusive(&push);
	ExAcquirePushLockShared(&push);
	ExReleasePushLockShared(&push);
	ExInitializeRundownProtection(&rundown);
	flag = ExAcquireRundownProtection(&rundown);
	ExReleaseRundownProtection(&rundown);
	ExWaitForRundownProtectionRelease(&rundown);
	ExRundownCompleted(&rundown);
	ExReInitializeRundownProtection(&rundown);
}

static void resources(void)
{
	status = ExInitializeResourceLite(&resource);
	status = ExReinitializeResourceLite(&resource);
	flag = ExAcquireResourceExclusiveLite(&resource, TRUE);
	flag = ExAcquireResourceSharedLite(&resource, TRUE);
	flag = ExAcquireSharedStarveExclusive(&resource, TRUE);
	flag = ExAcquireSharedWaitForExclusive(&resource, TRUE);
	ExConvertExclusiveToSharedLite(&resource);
	flag = ExIsResourceAcquiredExclusiveLite(&resource);
	number = ExIsResourceAcquiredSharedLite(&resource);
	number = ExIsResourceAcquiredLite(&resource);
	number = ExGetSharedWaiterCount(&resource);
	number = ExGetExclusiveWaiterCount(&resource);
	ExSetResourceOwnerPointer(&resource, memory);
	ExReleaseResourceForThreadLite(&resource, ExGetCurrentResourceThread());
	ExReleaseResourceLite(&resource);
	ExReleaseResource(&resource);
	memory = ExEnterCriticalRegionAndAcquireResourceExclusive(&resource);
	memory = ExEnterCriticalRegionAndAcquireResourceShared(&resource);
	ExReleaseResourceAndLeaveCriticalRegion(&resource);
	status = ExDeleteResourceLite(&resource);
}

static void interlocked(void)
{
	PVOID volatile pointer = memory;

	count = InterlockedIncrement(&count);
	count = InterlockedDecrement(&count);
	count = InterlockedExchange(&count, 1);
	count = InterlockedExchangeAdd(&count, 1);
	count = InterlockedCompareExchange(&count, 1, 0);
	count = InterlockedAdd(&count, 1);
	count = InterlockedAnd(&count, 1);
	count = InterlockedOr(&count, 1);
	count = InterlockedXor(&count, 1);
	flag = InterlockedBitTestAndSet(&count, 1);
	flag = InterlockedBitTestAndReset(&count, 1);
	wide = InterlockedIncrement64(&wide);
	wide = InterlockedDecrement64(&wide);
	wide = InterlockedExchange64(&wide, 1);
	wide = InterlockedExchangeAdd64(&wide, 1);
	wide = InterlockedCompareExchange64(&wide, 1, 0);
	wide = InterlockedAdd64(&wide, 1);
	memory = InterlockedExchangePointer(&pointer, NULL);
	memory = InterlockedCompareExchangePointer(&pointer, memory, NULL);
	InitializeSListHead(&sequenced);
	InterlockedPushEntrySList(&sequenced, &sequenced_item);
	InterlockedPopEntrySList(&sequenced);
	InterlockedFlushSList(&sequenced);
	ExInitializeSListHead(&sequenced);
	ExInterlockedPushEntrySList(&sequenced, &sequenced_item, &spin);
	ExInterlockedPopEntrySList(&sequenced, &spin);
	ExInterlockedFlushSList(&sequenced);
	number = ExInterlockedAddUlong(&number, 1, &spin);
	time = ExInterlockedAddLargeInteger(&time, time, &spin);
	ExInterlockedAddLargeStatistic(&time, 1);
	item = ExInterlockedInsertHeadList(&list, item, &spin);
	item = ExInterlockedInsertTailList(&list, item, &spin);
	item = ExInterlockedRemoveHeadList(&list, &spin);
	single_item = ExInterlockedPushEntryList(&single, single_item, &spin);
	single_item = ExInterlockedPopEntryList(&single, &spin);
	KeMemoryBarrier();
}

static void lists(void)
{
	InitializeListHead(&list);
	flag = IsListEmpty(&list);
	InsertHeadList(&list, item);
	InsertTailList(&list, item);
	flag = RemoveEntryList(item);
	item = RemoveHeadList(&list);
	item = RemoveTailList(&list);
	AppendTailList(&list, item);
	PushEntryList(&single, single_item);
	single_item = PopEntryList(&single);
}

static void pool(void)
{
	ExInitializeDriverRuntime(DrvRtPoolNxOptIn);
	memory = ExAllocatePool(NonPagedPool, PAGE_SIZE);
	memory = ExAllocatePoolWithTag(NonPagedPool, 16, TAG);
	memory = ExAllocatePoolWithQuota(PagedPool, 16);
	memory = ExAllocatePoolWithQuotaTag(PagedPool, 16, TAG);
	memory = ExAllocatePoolWithTagPriority(NonPagedPoolNx, 16, TAG, NormalPoolPriority);
	memory = ExAllocatePool2(POOL_FLAG_NON_PAGED | POOL_FLAG_UNINITIALIZED, 16, TAG);
	memory = ExAllocatePool3(POOL_FLAG_PAGED, 16, TAG, NULL, 0);
	memory = ExAllocatePoolZero(NonPagedPoolNx, 16, TAG);
	memory = ExAllocatePoolUninitialized(NonPagedPoolNx, 16, TAG);
	memory = ExAllocatePoolQuotaZero(PagedPool, 16, TAG);
	memory = ExAllocatePoolQuotaUninitialized(PagedPool, 16, TAG);
	memory = ExAllocatePoolPriorityZero(NonPagedPoolNx, 16, TAG, NormalPoolPriority);
	memory = ExAllocatePoolPriorityUninitialized(NonPagedPoolNx, 16, TAG, NormalPoolPriority);
	ExFreePool(memory);
	ExFreePoolWithTag(memory, TAG);
	ExFreePool2(memory, TAG, NULL, 0);
}

static void lookaside_lists(void)
{
	NPAGED_LOOKASIDE_LIST nonpaged;
	PAGED_LOOKASIDE_LIST paged;
	LOOKASIDE_LIST_EX either;

	ExInitializeNPagedLookasideList(&nonpaged, allocate, release, 0, 16, TAG, 0);
	memory = ExAllocateFromNPagedLookasideList(&nonpaged);
	ExFreeToNPagedLookasideList(&nonpaged, memory);
	ExDeleteNPagedLookasideList(&nonpaged);
	ExInitializePagedLookasideList(&paged, NULL, NULL, 0, 16, TAG, 0);
	memory = ExAllocateFromPagedLookasideList(&paged);
	ExFreeToPagedLookasideList(&paged, memory);
	ExDeletePagedLookasideList(&paged);
	status = ExInitializeLookasideListEx(&either, allocate_ex, release_ex, NonPagedPoolNx, 0, 16, TAG, 0);
	memory = ExAllocateFromLookasideListEx(&either);
	ExFreeToLookasideListEx(&either, memory);
	ExFlushLookasideListEx(&either);
	ExDeleteLookasideListEx(&either);
}

static void memory_descriptors(void)
{
	FILE_SEGMENT_ELEMENT segment;

	mdl = IoAllocateMdl(memory, 16, FALSE, FALSE, irp);
	IoBuildPartialMdl(mdl, mdl, memory, 16);
	IoFreeMdl(mdl);
	mdl = MmCreateMdl(NULL, memory, 16);
	number = (ULONG)MmSizeOfMdl(memory, 16);
	MmInitializeMdl(mdl, memory, 16);
	MmBuildMdlForNonPagedPool(mdl);
	MmProbeAndLockPages(mdl, UserMode, IoWriteAccess);
	MmProbeAndLockProcessPages(mdl, process, UserMode, IoReadAccess);
	MmProbeAndLockSelectedPages(mdl, &segment, UserMode, IoModifyAccess);
	MmUnlockPages(mdl);
	memory = MmGetSystemAddressForMdl(mdl);
	memory = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute | MdlMappingNoWrite);
	number = MmGetMdlByteCount(mdl);
	number = MmGetMdlByteOffset(mdl);
	memory = MmGetMdlVirtualAddress(mdl);
	memory = MmGetMdlPfnArray(mdl);
	MmPrepareMdlForReuse(mdl);
	memory = MmMapLockedPages(mdl, KernelMode);
	memory = MmMapLockedPagesSpecifyCache(mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
	MmUnmapLockedPages(memory, mdl);
	memory = MmAllocateMappingAddress(PAGE_SIZE, TAG);
	memory = MmMapLockedPagesWithReservedMapping(memory, TAG, mdl, MmCached);
	MmUnmapReservedMapping(memory, TAG, mdl);
	MmFreeMappingAddress(memory, TAG);
	status = MmProtectMdlSystemAddress(mdl, PAGE_READONLY);
	status = MmAdvanceMdl(mdl, 16);
	mdl = MmAllocatePagesForMdl(low, high, skip, PAGE_SIZE);
	mdl = MmAllocatePagesForMdlEx(low, high, skip, PAGE_SIZE, MmCached, MM_ALLOCATE_FULLY_REQUIRED);
	mdl = MmAllocateNodePagesForMdlEx(low, high, skip, PAGE_SIZE, MmCached, 0, 0);
	MmFreePagesFromMdl(mdl);
}

static void mapped_memory(void)
{
	MM_COPY_ADDRESS source;
	SIZE_T copied;

	memory = MmMapIoSpace(low, PAGE_SIZE, MmNonCached);
	memory = MmMapIoSpaceEx(low, PAGE_SIZE, PAGE_READWRITE | PAGE_NOCACHE);
	MmUnmapIoSpace(memory, PAGE_SIZE);
	memory = MmAllocateContiguousMemory(PAGE_SIZE, high);
	memory = MmAllocateContiguousMemorySpecifyCache(PAGE_SIZE, low, high, skip, MmCached);
	memory = MmAllocateContiguousMemorySpecifyCacheNode(PAGE_SIZE, low, high, skip, MmCached, 0);
	memory = MmAllocateContiguousNodeMemory(PAGE_SIZE, low, high, skip, PAGE_READWRITE, MM_ANY_NODE_OK);
	MmFreeContiguousMemory(memory);
	MmFreeContiguousMemorySpecifyCache(memory, PAGE_SIZE, MmCached);
	memory = MmAllocateNonCachedMemory(PAGE_SIZE);
	MmFreeNonCachedMemory(memory, PAGE_SIZE);
	flag = MmIsAddressValid(memory);
	low = MmGetPhysicalAddress(memory);
	memory = MmGetVirtualForPhysical(low);
	memory = MmGetSystemRoutineAddress(&name);
	memory = MmLockPagableCodeSection((PVOID)pool);
	memory = MmLockPagableDataSection(&spin);
	MmUnlockPagableImageSection(memory);
	memory = MmPageEntireDriver((PVOID)pool);
	MmResetDriverPaging((PVOID)pool);
	status = MmMapViewInSystemSpace(memory, &memory, &copied);
	status = MmUnmapViewInSystemSpace(memory);
	handle = MmSecureVirtualMemory(memory, PAGE_SIZE, PAGE_READWRITE);
	MmUnsecureVirtualMemory(handle);
	source.VirtualAddress = memory;
	status = MmCopyMemory(&number, source, sizeof(number), MM_COPY_MEMORY_VIRTUAL, &copied);
	ProbeForRead(memory, 16, 1);
	ProbeForWrite(memory, 16, 1);
}

static void requests(void)
{
	irp = IoAllocateIrp(2, FALSE);
	irp = IoAllocateIrpEx(device, 2, FALSE);
	IoInitializeIrp(irp, IoSizeOfIrp(2), 2);
	IoReuseIrp(irp, STATUS_SUCCESS);
	IoFreeIrp(irp);
	flag = IoCancelIrp(irp);
	irp = IoMakeAssociatedIrp(irp, 1);
	irp = IoBuildAsynchronousFsdRequest(IRP_MJ_READ, device, memory, 16, &time, &result);
	irp = IoBuildSynchronousFsdRequest(IRP_MJ_WRITE, device, memory, 16, &time, &event, &result);
	irp = IoBuildDeviceIoControlRequest(1, device, memory, 16, memory, 16, FALSE, &event, &result);
	stack = IoGetCurrentIrpStackLocation(irp);
	stack = IoGetNextIrpStackLocation(irp);
	IoSkipCurrentIrpStackLocation(irp);
	IoSetNextIrpStackLocation(irp);
	IoCopyCurrentIrpStackLocationToNext(irp);
	IoSetCompletionRoutine(irp, completed, NULL, TRUE, TRUE, TRUE);
	status = IoSetCompletionRoutineEx(device, irp, completed, NULL, TRUE, TRUE, TRUE);
	memory = (PVOID)(ULONG_PTR)IoSetCancelRoutine(irp, cancelled);
	IoMarkIrpPending(irp);
	status = IoCallDriver(lower, irp);
	status = IofCallDriver(lower, irp);
	flag = IoForwardIrpSynchronously(lower, irp);
	flag = IoForwardAndCatchIrp(lower, irp);
	IoCompleteRequest(irp, IO_NO_INCREMENT);
	IofCompleteRequest(irp, IO_NO_INCREMENT);
	IoStartPacket(device, irp, NULL, cancelled);
	IoStartNextPacket(device, TRUE);
	IoStartNextPacketByKey(device, TRUE, 0);
	IoSetStartIoAttributes(device, TRUE, FALSE);
}

static void cancel_safe_queues(void)
{
	IO_CSQ queue;
	IO_CSQ_IRP_CONTEXT context;

	status = IoCsqInitialize(&queue, csq_insert, csq_remove, csq_peek, csq_acquire, csq_release, csq_cancel);
	status = IoCsqInitializeEx(&queue, csq_insert_ex, csq_remove, csq_peek, csq_acquire, csq_release, csq_cancel);
	IoCsqInsertIrp(&queue, irp, &context);
	status = IoCsqInsertIrpEx(&queue, irp, &context, NULL);
	irp = IoCsqRemoveIrp(&queue, &context);
	irp = IoCsqRemoveNextIrp(&queue, NULL);
}

static void remove_locks(void)
{
	IO_REMOVE_LOCK lock;

	IoInitializeRemoveLock(&lock, TAG, 0, 0);
	status = IoAcquireRemoveLock(&lock, irp);
	IoReleaseRemoveLock(&lock, irp);
	IoReleaseRemoveLockAndWait(&lock, irp);
}

static void work_items(void)
{
	PIO_WORKITEM io = IoAllocateWorkItem(device);
	WORK_QUEUE_ITEM old;

	IoQueueWorkItem(io, work, DelayedWorkQueue, NULL);
	IoQueueWorkItemEx(io, work_ex, DelayedWorkQueue, NULL);
	flag = IoTryQueueWorkItem(io, work_ex, DelayedWorkQueue, NULL);
	number = IoSizeofWorkItem();
	IoInitializeWorkItem(device, io);
	IoUninitializeWorkItem(io);
	IoFreeWorkItem(io);
	ExInitializeWorkItem(&old, worker, NULL);
	ExQueueWorkItem(&old, DelayedWorkQueue);
}

static void devices(void)
{
	status = IoCreateDevice(driver, 16, &name, FILE_DEVICE_UNKNOWN, FILE_DEVICE_SECURE_OPEN, FALSE, &device);
	status = IoCreateDeviceSecure(driver, 16, &name, FILE_DEVICE_UNKNOWN, 0, FALSE, &other, NULL, &device);
	IoDeleteDevice(device);
	status = IoCreateSymbolicLink(&name, &other);
	status = IoCreateUnprotectedSymbolicLink(&name, &other);
	status = IoDeleteSymbolicLink(&name);
	status = IoAttachDevice(device, &name, device_slot);
	lower = IoAttachDeviceToDeviceStack(device, lower);
	status = IoAttachDeviceToDeviceStackSafe(device, lower, device_slot);
	IoDetachDevice(lower);
	status = IoGetDeviceObjectPointer(&name, FILE_READ_DATA, &file, &lower);
	lower = IoGetAttachedDeviceReference(lower);
	lower = IoGetRelatedDeviceObject(file);
	status = IoRegisterDeviceInterface(device, NULL, NULL, &name);
	status = IoSetDeviceInterfaceState(&name, TRUE);
	status = IoRegisterShutdownNotification(device);
	IoUnregisterShutdownNotification(device);
	IoInvalidateDeviceRelations(device, BusRelations);
	IoInvalidateDeviceState(device);
	status = IoRegisterPlugPlayNotification(EventCategoryHardwareProfileChange, 0, NULL, driver, device_changed,
						NULL, &memory);
	status = IoUnregisterPlugPlayNotification(memory);
	status = IoUnregisterPlugPlayNotificationEx(memory);
	status = IoOpenDeviceRegistryKey(device, PLUGPLAY_REGKEY_DEVICE, KEY_READ, &handle);
	status = IoOpenDriverRegistryKey(driver, DriverRegKeyParameters, KEY_READ, 0, &handle);
	status = IoGetDeviceProperty(device, DevicePropertyHardwareID, 16, memory, &number);
	status = IoAllocateDriverObjectExtension(driver, driver, 16, &memory);
	memory = IoGetDriverObjectExtension(driver, driver);
	memory = IoAllocateErrorLogEntry(device, 16);
	IoWriteErrorLogEntry(memory);
	IoFreeErrorLogEntry(memory);
	IoRegisterDriverReinitialization(driver, again, NULL);
	status = IoWMIRegistrationControl(device, WMIREG_ACTION_REGISTER);
	status = IoInitializeTimer(device, every_second, NULL);
	IoStartTimer(device);
	IoStopTimer(device);
	PoStartNextPowerIrp(irp);
	status = PoCallDriver(lower, irp);
	status = PoRequestPowerIrp(device, IRP_MN_SET_POWER, (POWER_STATE){ 0 }, powered, NULL, &irp);
	PoSetPowerState(device, DevicePowerState, (POWER_STATE){ 0 });
}

static void power_framework(void)
{
	PO_FX_DEVICE description = { PO_FX_VERSION, 1 };
	POHANDLE registered;

	status = PoFxRegisterDevice(device, &description, &registered);
	PoFxStartDevicePowerManagement(registered);
	PoFxActivateComponent(registered, 0, PO_FX_FLAG_BLOCKING);
	PoFxIdleComponent(registered, 0, PO_FX_FLAG_ASYNC_ONLY);
	PoFxCompleteIdleCondition(registered, 0);
	PoFxCompleteIdleState(registered, 0);
	PoFxCompleteDevicePowerNotRequired(registered);
	PoFxReportDevicePoweredOn(registered);
	PoFxSetDeviceIdleTimeout(registered, 10000000);
	PoFxUnregisterDevice(registered);
}

static void interrupts(void)
{
	IO_CONNECT_INTERRUPT_PARAMETERS connect;
	IO_DISCONNECT_INTERRUPT_PARAMETERS disconnect;
	KAFFINITY affinity;

	number = HalGetInterruptVector(Isa, 0, 7, 7, &irql, &affinity);
	number = HalGetBusDataByOffset(PCIConfiguration, 0, 0, memory, 0, 16);
	number = HalSetBusDataByOffset(PCIConfiguration, 0, 0, memory, 0, 16);
	number = HalGetBusData(PCIConfiguration, 0, 0, memory, 16);
	number = HalSetBusData(PCIConfiguration, 0, 0, memory, 16);
	flag = HalTranslateBusAddress(Isa, 0, low, &number, &high);
	status = IoConnectInterrupt(&interrupt, service, NULL, NULL, number, irql, irql, LevelSensitive, TRUE,
				    affinity, FALSE);
	status = IoConnectInterruptEx(&connect);
	IoDisconnectInterrupt(interrupt);
	IoDisconnectInterruptEx(&disconnect);
	IoReportInterruptActive(NULL);
	IoReportInterruptInactive(NULL);
	flag = KeSynchronizeExecution(interrupt, synchronized, NULL);
}

static void deferred_calls(void)
{
	KDPC dpc;

	KeInitializeDpc(&dpc, deferred, NULL);
	KeInitializeThreadedDpc(&dpc, deferred, NULL);
	KeSetImportanceDpc(&dpc, HighImportance);
	KeSetTargetProcessorDpc(&dpc, 0);
	flag = KeInsertQueueDpc(&dpc, NULL, NULL);
	flag = KeRemoveQueueDpc(&dpc);
	KeFlushQueuedDpcs();
	IoInitializeDpcRequest(device, io_deferred);
	IoRequestDpc(device, irp, NULL);
	memory = (PVOID)KeIpiGenericCall(everywhere, 0);
}

static void timers(void)
{
	KTIMER timer;
	KDPC dpc;
	PEX_TIMER allocated;
	EXT_SET_PARAMETERS set;
	EXT_DELETE_PARAMETERS delete;

	KeInitializeTimer(&timer);
	KeInitializeTimerEx(&timer, SynchronizationTimer);
	flag = KeSetTimer(&timer, time, &dpc);
	flag = KeSetTimerEx(&timer, time, 10, &dpc);
	flag = KeSetCoalescableTimer(&timer, time, 10, 10, &dpc);
	flag = KeReadStateTimer(&timer);
	flag = KeCancelTimer(&timer);
	allocated = ExAllocateTimer(expired, NULL, 0);
	ExInitializeSetTimerParameters(&set);
	flag = ExSetTimer(allocated, -10, 0, &set);
	flag = ExCancelTimer(allocated, NULL);
	ExInitializeDeleteTimerParameters(&delete);
	flag = ExDeleteTimer(allocated, TRUE, TRUE, &delete);
	KeQuerySystemTime(&time);
	KeQuerySystemTimePrecise(&time);
	KeQueryTickCount(&time);
	number = KeQueryTimeIncrement();
	wide = KeQueryInterruptTime();
	time = KeQueryPerformanceCounter(NULL);
	ExSystemTimeToLocalTime(&time, &time);
	number = ExSetTimerResolution(10000, TRUE);
}

static void waiting(void)
{
	KSEMAPHORE semaphore;
	PVOID objects[2] = { &event, &semaphore };

	KeInitializeEvent(&event, NotificationEvent, FALSE);
	count = KeSetEvent(&event, IO_NO_INCREMENT, FALSE);
	count = KeResetEvent(&event);
	KeClearEvent(&event);
	count = KeReadStateEvent(&event);
	count = KePulseEvent(&event, IO_NO_INCREMENT, FALSE);
	KeInitializeSemaphore(&semaphore, 0, 1);
	count = KeReleaseSemaphore(&semaphore, IO_NO_INCREMENT, 1, FALSE);
	count = KeReadStateSemaphore(&semaphore);
	status = KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, &time);
	status = KeWaitForMultipleObjects(2, objects, WaitAny, Executive, KernelMode, FALSE, NULL, NULL);
	status = KeDelayExecutionThread(KernelMode, FALSE, &time);
	KeStallExecutionProcessor(50);
}

static void threads(void)
{
	KAPC_STATE state;

	status = PsCreateSystemThread(&handle, THREAD_ALL_ACCESS, &attributes, NULL, NULL, start, NULL);
	status = PsTerminateSystemThread(STATUS_SUCCESS);
	process = PsGetCurrentProcess();
	thread = PsGetCurrentThread();
	handle = PsGetCurrentProcessId();
	handle = PsGetCurrentThreadId();
	status = PsLookupProcessByProcessId(handle, &process);
	status = PsLookupThreadByThreadId(handle, &thread);
	memory = KeGetCurrentThread();
	KeStackAttachProcess(process, &state);
	KeUnstackDetachProcess(&state);
	KeAttachProcess(process);
	KeDetachProcess();
	count = KeSetPriorityThread(memory, LOW_REALTIME_PRIORITY);
	status = KeExpandKernelStackAndCallout(deeper, NULL, 0x4000);
	status = KeExpandKernelStackAndCalloutEx(deeper, NULL, 0x4000, FALSE, NULL);
}

static void objects(void)
{
	SIZE_T size;

	count = (LONG)ObReferenceObject(device);
	ObDereferenceObject(device);
	ObfReferenceObject(device);
	ObfDereferenceObject(device);
	ObReferenceObjectWithTag(device, TAG);
	ObDereferenceObjectWithTag(device, TAG);
	ObDereferenceObjectDeferDelete(device);
	status = ObReferenceObjectByHandle(handle, EVENT_ALL_ACCESS, *ExEventObjectType, UserMode, &memory, NULL);
	status = ObReferenceObjectByPointer(device, 0, *IoFileObjectType, KernelMode);
	status = ObOpenObjectByPointer(device, OBJ_KERNEL_HANDLE, NULL, 0, NULL, KernelMode, &handle);
	status = ObCloseHandle(handle, KernelMode);
	InitializeObjectAttributes(&attributes, &name, OBJ_KERNEL_HANDLE, NULL, NULL);
	status = ZwCreateFile(&handle, GENERIC_READ, &attributes, &result, NULL, FILE_ATTRIBUTE_NORMAL, FILE_SHARE_READ,
			      FILE_OPEN, FILE_SYNCHRONOUS_IO_NONALERT, NULL, 0);
	status = ZwOpenFile(&handle, GENERIC_READ, &attributes, &result, FILE_SHARE_READ, 0);
	status = ZwReadFile(handle, NULL, NULL, NULL, &result, memory, 16, &time, NULL);
	status = ZwWriteFile(handle, NULL, NULL, NULL, &result, memory, 16, &time, NULL);
	status = ZwQueryInformationFile(handle, &result, memory, 16, FileStandardInformation);
	status = ZwSetInformationFile(handle, &result, memory, 16, FileDispositionInformation);
	status = ZwCreateKey(&handle, KEY_READ, &attributes, 0, NULL, 0, NULL);
	status = ZwOpenKey(&handle, KEY_READ, &attributes);
	status = ZwQueryValueKey(handle, &name, KeyValuePartialInformation, memory, 16, &number);
	status = ZwSetValueKey(handle, &name, 0, REG_DWORD, memory, 4);
	status = ZwDeleteKey(handle);
	status = ZwCreateSection(&handle, SECTION_MAP_READ, &attributes, &time, PAGE_READONLY, SEC_COMMIT, NULL);
	status = ZwOpenSection(&handle, SECTION_MAP_READ, &attributes);
	status = ZwMapViewOfSection(handle, ZwCurrentProcess(), &memory, 0, 0, NULL, &size, ViewUnmap, 0,
				    PAGE_READONLY);
	status = ZwUnmapViewOfSection(ZwCurrentProcess(), memory);
	status = ZwCreateEvent(&handle, EVENT_ALL_ACCESS, &attributes, NotificationEvent, FALSE);
	status = ZwWaitForSingleObject(handle, FALSE, NULL);
	status = ZwAllocateVirtualMemory(ZwCurrentProcess(), &memory, 0, &size, MEM_COMMIT, PAGE_READWRITE);
	status = ZwFreeVirtualMemory(ZwCurrentProcess(), &memory, &size, MEM_RELEASE);
	status = ZwClose(handle);
}

static void run_time_library(void)
{
	GUID guid;

	RtlCopyMemory(memory, &number, sizeof(number));
	RtlMoveMemory(memory, &number, sizeof(number));
	RtlFillMemory(memory, 16, 0xff);
	RtlZeroMemory(memory, 16);
	RtlCopyBytes(memory, &number, 4);
	RtlZeroBytes(memory, 4);
	RtlFillBytes(memory, 4, 1);
	RtlMoveBytes(memory, &number, 4);
	memcpy(memory, &number, 4);
	memmove(memory, &number, 4);
	memset(memory, 0, 4);
	number = RtlEqualMemory(memory, &number, 4);
	number = (ULONG)RtlCompareMemory(memory, &number, 4);
	RtlSecureZeroMemory(memory, 4);
	RtlInitUnicodeString(&name, L"\\Device\\Test");
	RtlInitAnsiString(&ansi, "test");
	RtlCopyUnicodeString(&name, &other);
	status = RtlAppendUnicodeToString(&name, L"more");
	status = RtlAppendUnicodeStringToString(&name, &other);
	count = RtlCompareUnicodeString(&name, &other, TRUE);
	flag = RtlEqualUnicodeString(&name, &other, TRUE);
	status = RtlUnicodeStringToAnsiString(&ansi, &name, TRUE);
	RtlFreeAnsiString(&ansi);
	status = RtlAnsiStringToUnicodeString(&name, &ansi, TRUE);
	RtlFreeUnicodeString(&name);
	status = RtlUnicodeStringToInteger(&name, 10, &number);
	status = RtlIntegerToUnicodeString(1, 10, &name);
	status = RtlGUIDFromString(&name, &guid);
	status = RtlStringFromGUID(&guid, &name);
	status = RtlUpcaseUnicodeString(&name, &other, TRUE);
	status = RtlQueryRegistryValues(RTL_REGISTRY_ABSOLUTE, L"path", memory, NULL, NULL);
	status = RtlWriteRegistryValue(RTL_REGISTRY_ABSOLUTE, L"path", L"value", REG_DWORD, &number, 4);
	status = RtlStringCbCopyW(memory, 16, L"text");
	status = RtlStringCbPrintfA(memory, 16, "%u", number);
	status = RtlStringCchPrintfW(memory, 8, L"%u", number);
	status = RtlUnicodeStringInit(&name, L"text");
	status = RtlUnicodeStringCopy(&name, &other);
	status = RtlUnicodeStringCat(&name, &other);
	status = RtlUnicodeStringPrintf(&name, L"%u", number);
	number = RtlUlongByteSwap(number);
	DbgPrint("%u\n", number);
	DbgPrintEx(DPFLTR_IHVDRIVER_ID, DPFLTR_INFO_LEVEL, "%u\n", number);
	DbgBreakPoint();
	KeBugCheck(1);
	KeBugCheckEx(1, 0, 0, 0, 0);
	ExRaiseStatus(STATUS_ACCESS_VIOLATION);
	flag = ExGetPreviousMode() == UserMode;
	status = ExCreateCallback((PCALLBACK_OBJECT *)&memory, &attributes, TRUE, FALSE);
	memory = ExRegisterCallback(memory, notified, NULL);
	ExUnregisterCallback(memory);
}

static void ports(void)
{
	PUCHAR bytes = memory;
	PUSHORT words = memory;
	PULONG longs = memory;
	PULONG64 quads = memory;

	number = READ_PORT_UCHAR(bytes);
	number = READ_PORT_USHORT(words);
	number = READ_PORT_ULONG(longs);
	WRITE_PORT_UCHAR(bytes, 1);
	WRITE_PORT_USHORT(words, 1);
	WRITE_PORT_ULONG(longs, 1);
	READ_PORT_BUFFER_UCHAR(bytes, bytes, 1);
	READ_PORT_BUFFER_USHORT(words, words, 1);
	READ_PORT_BUFFER_ULONG(longs, longs, 1);
	WRITE_PORT_BUFFER_UCHAR(bytes, bytes, 1);
	WRITE_PORT_BUFFER_USHORT(words, words, 1);
	WRITE_PORT_BUFFER_ULONG(longs, longs, 1);
	number = READ_REGISTER_UCHAR(bytes);
	number = READ_REGISTER_USHORT(words);
	number = READ_REGISTER_ULONG(longs);
	wide = READ_REGISTER_ULONG64(quads);
	WRITE_REGISTER_UCHAR(bytes, 1);
	WRITE_REGISTER_USHORT(words, 1);
	WRITE_REGISTER_ULONG(longs, 1);
	WRITE_REGISTER_ULONG64(quads, 1);
	READ_REGISTER_BUFFER_UCHAR(bytes, bytes, 1);
	READ_REGISTER_BUFFER_USHORT(words, words, 1);
	READ_REGISTER_BUFFER_ULONG(longs, longs, 1);
	READ_REGISTER_BUFFER_ULONG64(quads, quads, 1);
	WRITE_REGISTER_BUFFER_UCHAR(bytes, bytes, 1);
	WRITE_REGISTER_BUFFER_USHORT(words, words, 1);
	WRITE_REGISTER_BUFFER_ULONG(longs, longs, 1);
	WRITE_REGISTER_BUFFER_ULONG64(quads, quads, 1);
}
