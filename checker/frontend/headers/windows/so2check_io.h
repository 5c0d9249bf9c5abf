/* I/O manager: IRPs, remove locks, work items, interrupts. */
#ifndef SO2CHECK_IO_H
#define SO2CHECK_IO_H

/* --- macros that become functions --- */
#ifdef IoCallDriver
#undef IoCallDriver
NTSTATUS IoCallDriver(PDEVICE_OBJECT DeviceObject, PIRP Irp);
#endif
#ifdef IoCompleteRequest
#undef IoCompleteRequest
VOID IoCompleteRequest(PIRP Irp, CCHAR PriorityBoost);
#endif
#ifdef IoSetCancelRoutine
#undef IoSetCancelRoutine
PDRIVER_CANCEL IoSetCancelRoutine(PIRP Irp, PDRIVER_CANCEL CancelRoutine);
#endif
#ifdef IoSetCompletionRoutine
#undef IoSetCompletionRoutine
VOID IoSetCompletionRoutine(PIRP Irp, PIO_COMPLETION_ROUTINE CompletionRoutine, PVOID Context, BOOLEAN InvokeOnSuccess,
			    BOOLEAN InvokeOnError, BOOLEAN InvokeOnCancel);
#endif
#ifdef IoMarkIrpPending
#undef IoMarkIrpPending
VOID IoMarkIrpPending(PIRP Irp);
#endif
#ifdef IoGetCurrentIrpStackLocation
#undef IoGetCurrentIrpStackLocation
PIO_STACK_LOCATION IoGetCurrentIrpStackLocation(PIRP Irp);
#endif
#ifdef IoGetNextIrpStackLocation
#undef IoGetNextIrpStackLocation
PIO_STACK_LOCATION IoGetNextIrpStackLocation(PIRP Irp);
#endif
#ifdef IoSkipCurrentIrpStackLocation
#undef IoSkipCurrentIrpStackLocation
VOID IoSkipCurrentIrpStackLocation(PIRP Irp);
#endif
#ifdef IoSetNextIrpStackLocation
#undef IoSetNextIrpStackLocation
VOID IoSetNextIrpStackLocation(PIRP Irp);
#endif
#ifdef IoCopyCurrentIrpStackLocationToNext
#undef IoCopyCurrentIrpStackLocationToNext
VOID IoCopyCurrentIrpStackLocationToNext(PIRP Irp);
#endif
#ifdef IoForwardAndCatchIrp
#undef IoForwardAndCatchIrp
BOOLEAN IoForwardAndCatchIrp(PDEVICE_OBJECT DeviceObject, PIRP Irp);
#endif
#ifdef IoInitializeRemoveLock
#undef IoInitializeRemoveLock
VOID IoInitializeRemoveLock(PIO_REMOVE_LOCK RemoveLock, ULONG AllocateTag, ULONG MaxLockedMinutes, ULONG HighWatermark);
#endif
#ifdef IoAcquireRemoveLock
#undef IoAcquireRemoveLock
NTSTATUS IoAcquireRemoveLock(PIO_REMOVE_LOCK RemoveLock, PVOID Tag);
#endif
#ifdef IoReleaseRemoveLock
#undef IoReleaseRemoveLock
VOID IoReleaseRemoveLock(PIO_REMOVE_LOCK RemoveLock, PVOID Tag);
#endif
#ifdef IoReleaseRemoveLockAndWait
#undef IoReleaseRemoveLockAndWait
VOID IoReleaseRemoveLockAndWait(PIO_REMOVE_LOCK RemoveLock, PVOID Tag);
#endif
#ifdef IoRequestDpc
#undef IoRequestDpc
VOID IoRequestDpc(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context);
#endif
#ifdef IoInitializeDpcRequest
#undef IoInitializeDpcRequest
VOID IoInitializeDpcRequest(PDEVICE_OBJECT DeviceObject, PIO_DPC_ROUTINE DpcRoutine);
#endif
#ifdef IoAdjustPagingPathCount
#undef IoAdjustPagingPathCount
VOID IoAdjustPagingPathCount(PLONG Count, BOOLEAN Increment);
#endif

/* --- roles that mingw-w64 lacks --- */
typedef DRIVER_DISPATCH DRIVER_DISPATCH_PAGED;
typedef DRIVER_DISPATCH DRIVER_DISPATCH_RAISED;
typedef VOID NTAPI DRIVER_REINITIALIZE(struct _DRIVER_OBJECT *DriverObject, PVOID Context, ULONG Count);
typedef VOID NTAPI DRIVER_FS_NOTIFICATION(struct _DEVICE_OBJECT *DeviceObject, BOOLEAN FsActive);
typedef VOID NTAPI IO_CSQ_INSERT_IRP(struct _IO_CSQ *Csq, PIRP Irp);
typedef NTSTATUS NTAPI IO_CSQ_INSERT_IRP_EX(struct _IO_CSQ *Csq, PIRP Irp, PVOID InsertContext);
typedef VOID NTAPI IO_CSQ_REMOVE_IRP(struct _IO_CSQ *Csq, PIRP Irp);
typedef PIRP NTAPI IO_CSQ_PEEK_NEXT_IRP(struct _IO_CSQ *Csq, PIRP Irp, PVOID PeekContext);
typedef VOID NTAPI IO_CSQ_ACQUIRE_LOCK(struct _IO_CSQ *Csq, PKIRQL Irql);
typedef VOID NTAPI IO_CSQ_RELEASE_LOCK(struct _IO_CSQ *Csq, KIRQL Irql);
typedef VOID NTAPI IO_CSQ_COMPLETE_CANCELED_IRP(struct _IO_CSQ *Csq, PIRP Irp);

/* --- missing from mingw-w64 --- */
typedef struct _IO_REPORT_INTERRUPT_ACTIVE_STATE_PARAMETERS {
	ULONG Version;
	union {
		PVOID Generic;
		PKINTERRUPT InterruptObject;
		struct _IO_INTERRUPT_MESSAGE_INFO *InterruptMessageTable;
	} ConnectionContext;
} IO_REPORT_INTERRUPT_ACTIVE_STATE_PARAMETERS, *PIO_REPORT_INTERRUPT_ACTIVE_STATE_PARAMETERS;
typedef enum _DRIVER_REGKEY_TYPE {
	DriverRegKeyParameters,
	DriverRegKeyPersistentState,
	DriverRegKeySharedPersistentState,
	DriverRegKeyMax
} DRIVER_REGKEY_TYPE,
	*PDRIVER_REGKEY_TYPE;
PIRP IoAllocateIrpEx(PDEVICE_OBJECT DeviceObject, CCHAR StackSize, BOOLEAN ChargeQuota);
BOOLEAN IoTryQueueWorkItem(PIO_WORKITEM IoWorkItem, PIO_WORKITEM_ROUTINE_EX WorkerRoutine, WORK_QUEUE_TYPE QueueType,
			   PVOID Context);
VOID IoReportInterruptActive(PIO_REPORT_INTERRUPT_ACTIVE_STATE_PARAMETERS Parameters);
VOID IoReportInterruptInactive(PIO_REPORT_INTERRUPT_ACTIVE_STATE_PARAMETERS Parameters);
NTSTATUS IoGetActivityIdIrp(PIRP Irp, LPGUID Guid);
NTSTATUS IoSetActivityIdIrp(PIRP Irp, LPCGUID Guid);
NTSTATUS IoOpenDriverRegistryKey(PDRIVER_OBJECT DriverObject, DRIVER_REGKEY_TYPE RegKeyType, ACCESS_MASK DesiredAccess,
				 ULONG Flags, PHANDLE DriverRegKey);
NTSTATUS IoSynchronousCallDriver(PDEVICE_OBJECT DeviceObject, PIRP Irp);
NTSTATUS IoSynchronousInvalidateDeviceRelations(PDEVICE_OBJECT DeviceObject, DEVICE_RELATION_TYPE Type);
NTSTATUS IoCreateSystemThread(PVOID IoObject, PHANDLE ThreadHandle, ULONG DesiredAccess,
			      POBJECT_ATTRIBUTES ObjectAttributes, HANDLE ProcessHandle, PCLIENT_ID ClientId,
			      PKSTART_ROUTINE StartRoutine, PVOID StartContext);

#endif
