/* Kernel-Mode Driver Framework: handles, enumerations, configuration structures,
 * callback roles and functions. Written from the use of the documented API;
 * layouts are not those of the framework. Functions whose arguments no rule
 * looks at are declared without a prototype, those that return int-like values
 * may be missing: calls stay calls. */
#ifndef SO2CHECK_WDF_H
#define SO2CHECK_WDF_H
#if !defined(_WDMDDK_) && !defined(_WINDOWS_) && !defined(_INC_WINDOWS)
#include <ntddk.h>
#endif
#include "so2check_sal.h"
#ifdef __cplusplus
extern "C" {
#endif
#define HANDLE_TYPE(name) typedef struct name##__ *name
HANDLE_TYPE(WDFDEVICE);
HANDLE_TYPE(WDFDRIVER);
HANDLE_TYPE(WDFQUEUE);
HANDLE_TYPE(WDFREQUEST);
HANDLE_TYPE(WDFMEMORY);
HANDLE_TYPE(WDFINTERRUPT);
HANDLE_TYPE(WDFTIMER);
HANDLE_TYPE(WDFWORKITEM);
HANDLE_TYPE(WDFDPC);
HANDLE_TYPE(WDFSPINLOCK);
HANDLE_TYPE(WDFWAITLOCK);
HANDLE_TYPE(WDFIOTARGET);
HANDLE_TYPE(WDFFILEOBJECT);
HANDLE_TYPE(WDFKEY);
HANDLE_TYPE(WDFSTRING);
HANDLE_TYPE(WDFCOLLECTION);
HANDLE_TYPE(WDFCHILDLIST);
HANDLE_TYPE(WDFLOOKASIDE);
HANDLE_TYPE(WDFDMAENABLER);
HANDLE_TYPE(WDFDMATRANSACTION);
HANDLE_TYPE(WDFCOMMONBUFFER);
HANDLE_TYPE(WDFCMRESLIST);
HANDLE_TYPE(WDFIORESLIST);
HANDLE_TYPE(WDFIORESREQLIST);
HANDLE_TYPE(WDFUSBDEVICE);
HANDLE_TYPE(WDFUSBPIPE);
HANDLE_TYPE(WDFUSBINTERFACE);
HANDLE_TYPE(WDFWMIPROVIDER);
HANDLE_TYPE(WDFWMIINSTANCE);
#undef HANDLE_TYPE
typedef PVOID WDFOBJECT;
typedef PVOID WDFCONTEXT;
typedef struct WDFDEVICE_INIT *PWDFDEVICE_INIT;
typedef struct WDFDEVICE_INIT WDFDEVICE_INIT;
typedef enum _WDF_TRI_STATE { WdfFalse = 0, WdfTrue = 1, WdfUseDefault = 2 } WDF_TRI_STATE;
typedef enum _WDF_EXECUTION_LEVEL {
	WdfExecutionLevelInvalid,
	WdfExecutionLevelInheritFromParent,
	WdfExecutionLevelPassive,
	WdfExecutionLevelDispatch
} WDF_EXECUTION_LEVEL;
typedef enum _WDF_SYNCHRONIZATION_SCOPE {
	WdfSynchronizationScopeInvalid,
	WdfSynchronizationScopeInheritFromParent,
	WdfSynchronizationScopeDevice,
	WdfSynchronizationScopeQueue,
	WdfSynchronizationScopeNone
} WDF_SYNCHRONIZATION_SCOPE;
typedef enum _WDF_POWER_DEVICE_STATE {
	WdfPowerDeviceInvalid = 0,
	WdfPowerDeviceD0,
	WdfPowerDeviceD1,
	WdfPowerDeviceD2,
	WdfPowerDeviceD3,
	WdfPowerDeviceD3Final,
	WdfPowerDevicePrepareForHibernation,
	WdfPowerDeviceMaximum
} WDF_POWER_DEVICE_STATE,
	*PWDF_POWER_DEVICE_STATE;
typedef enum _WDF_IO_QUEUE_DISPATCH_TYPE {
	WdfIoQueueDispatchInvalid,
	WdfIoQueueDispatchSequential,
	WdfIoQueueDispatchParallel,
	WdfIoQueueDispatchManual
} WDF_IO_QUEUE_DISPATCH_TYPE;
typedef enum _WDF_IO_QUEUE_STATE {
	WdfIoQueueAcceptRequests = 1,
	WdfIoQueueDispatchRequests = 2,
	WdfIoQueueNoRequests = 4,
	WdfIoQueueDriverNoRequests = 8,
	WdfIoQueuePnpHeld = 16
} WDF_IO_QUEUE_STATE;
#define WDF_IO_QUEUE_IDLE(s) (((s)&WdfIoQueueNoRequests) != 0)
typedef enum _WDF_REQUEST_TYPE {
	WdfRequestTypeCreate = 0,
	WdfRequestTypeRead = 3,
	WdfRequestTypeWrite = 4,
	WdfRequestTypeDeviceControl = 0xE,
	WdfRequestTypeDeviceControlInternal = 0xF,
	WdfRequestTypeUsb = 0x40,
	WdfRequestTypeOther = 0x41,
	WdfRequestTypeNoFormat = 0xFF
} WDF_REQUEST_TYPE;
typedef enum _WDF_REQUEST_STOP_ACTION_FLAGS {
	WdfRequestStopActionInvalid = 0,
	WdfRequestStopActionSuspend = 1,
	WdfRequestStopActionPurge = 2,
	WdfRequestStopRequestCancelable = 0x10000000
} WDF_REQUEST_STOP_ACTION_FLAGS;
typedef enum _WDF_REQUEST_SEND_OPTIONS_FLAGS {
	WDF_REQUEST_SEND_OPTION_TIMEOUT = 1,
	WDF_REQUEST_SEND_OPTION_SYNCHRONOUS = 2,
	WDF_REQUEST_SEND_OPTION_IGNORE_TARGET_STATE = 4,
	WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET = 8
} WDF_REQUEST_SEND_OPTIONS_FLAGS;
typedef enum {
	WdfIoTargetStateUndefined,
	WdfIoTargetStarted,
	WdfIoTargetStopped,
	WdfIoTargetClosedForQueryRemove,
	WdfIoTargetClosed,
	WdfIoTargetDeleted,
	WdfIoTargetPurged
} WDF_IO_TARGET_STATE;
typedef enum {
	WdfIoTargetSentIoUndefined,
	WdfIoTargetCancelSentIo,
	WdfIoTargetWaitForSentIoToComplete,
	WdfIoTargetLeaveSentIoPending
} WDF_IO_TARGET_SENT_IO_ACTION;
typedef enum {
	WdfIoTargetPurgeIoUndefined,
	WdfIoTargetPurgeIoAndWait,
	WdfIoTargetPurgeIo
} WDF_IO_TARGET_PURGE_IO_ACTION;
typedef enum _WDF_DEVICE_IO_TYPE {
	WdfDeviceIoUndefined,
	WdfDeviceIoNeither,
	WdfDeviceIoBuffered,
	WdfDeviceIoDirect,
	WdfDeviceIoBufferedOrDirect
} WDF_DEVICE_IO_TYPE;
typedef enum {
	WdfDeviceFailedUndefined,
	WdfDeviceFailedAttemptRestart,
	WdfDeviceFailedNoRestart
} WDF_DEVICE_FAILED_ACTION;
typedef enum {
	WdfFileObjectInvalid,
	WdfFileObjectNotRequired,
	WdfFileObjectWdfCanUseFsContext,
	WdfFileObjectWdfCanUseFsContext2,
	WdfFileObjectWdfCannotUseFsContexts
} WDF_FILEOBJECT_CLASS;
typedef enum _WDF_DMA_DIRECTION {
	WdfDmaDirectionReadFromDevice = FALSE,
	WdfDmaDirectionWriteToDevice = TRUE
} WDF_DMA_DIRECTION;
typedef enum {
	WdfDmaProfileInvalid,
	WdfDmaProfilePacket,
	WdfDmaProfileScatterGather,
	WdfDmaProfilePacket64,
	WdfDmaProfileScatterGather64,
	WdfDmaProfileScatterGatherDuplex,
	WdfDmaProfileScatterGather64Duplex,
	WdfDmaProfileSystem
} WDF_DMA_PROFILE;
typedef enum {
	WdfUsbPipeTypeInvalid,
	WdfUsbPipeTypeControl,
	WdfUsbPipeTypeIsochronous,
	WdfUsbPipeTypeBulk,
	WdfUsbPipeTypeInterrupt
} WDF_USB_PIPE_TYPE;
typedef enum {
	WdfIrqPolicyMachineDefault,
	WdfIrqPolicyAllCloseProcessors,
	WdfIrqPolicyOneCloseProcessor,
	WdfIrqPolicyAllProcessorsInMachine,
	WdfIrqPolicySpecifiedProcessors,
	WdfIrqPolicySpreadMessagesAcrossAllProcessors
} WDF_INTERRUPT_POLICY;
typedef enum {
	WdfIrqPriorityUndefined,
	WdfIrqPriorityLow,
	WdfIrqPriorityNormal,
	WdfIrqPriorityHigh
} WDF_INTERRUPT_PRIORITY;
typedef enum {
	WdfDriverInitNonPnpDriver = 1,
	WdfDriverInitNoDispatchOverride = 2,
	WdfVerifyOn = 4
} WDF_DRIVER_INIT_FLAGS;
typedef enum {
	WdfRetrievePresentChildren = 1,
	WdfRetrieveMissingChildren = 2,
	WdfRetrievePendingChildren = 4,
	WdfRetrieveAddedChildren = 5
} WDF_RETRIEVE_CHILD_FLAGS;
typedef enum { WdfDeviceShutdown = 1, WdfDeviceLastChanceShutdown = 2 } WDF_DEVICE_SHUTDOWN_FLAGS;
typedef enum {
	WdfChildListRetrieveDeviceUndefined,
	WdfChildListRetrieveDeviceSuccess,
	WdfChildListRetrieveDeviceNoSuchDevice,
	WdfChildListRetrieveDeviceNotYetCreated
} WDF_CHILD_LIST_RETRIEVE_DEVICE_STATUS;
typedef enum { WdfDevStatePnpInvalid = 0, WdfDevStatePnpStarted = 0x119 } WDF_DEVICE_PNP_STATE;
typedef enum { WdfDevStatePowerInvalid = 0 } WDF_DEVICE_POWER_STATE;
typedef enum { WdfDevStatePwrPolInvalid = 0 } WDF_DEVICE_POWER_POLICY_STATE;
typedef enum {
	WdfSpecialFilePaging = 1,
	WdfSpecialFileHibernation,
	WdfSpecialFileDump,
	WdfSpecialFileBoot
} WDF_SPECIAL_FILE_TYPE;
typedef enum { WdfWmiControlInvalid, WdfWmiEventControl, WdfWmiInstanceControl } WDF_WMI_PROVIDER_CONTROL;
typedef enum {
	WdfWmiProviderFlagsNull = 0,
	WdfWmiProviderExpensive = 1,
	WdfWmiProviderReadOnly = 2,
	WdfWmiProviderEventOnly = 4,
	WdfWmiProviderTracing = 8
} WDF_WMI_PROVIDER_FLAGS;
#define WDF_NO_OBJECT_ATTRIBUTES ((PWDF_OBJECT_ATTRIBUTES)0)
#define WDF_NO_HANDLE 0
#define WDF_NO_EVENT_CALLBACK 0
#define WDF_NO_CONTEXT 0
#define WDF_NO_SEND_OPTIONS ((PWDF_REQUEST_SEND_OPTIONS)0)
#define WDF_INVALID_HANDLE ((HANDLE)-1)
#define WDF_REQUEST_REUSE_NO_FLAGS 0
#define WDF_REQUEST_REUSE_SET_NEW_IRP 1
#define WDF_PTR_ADD_OFFSET_TYPE(p, o, t) ((t)((PUCHAR)(p) + (o)))
#define WDF_PTR_ADD_OFFSET(p, o) WDF_PTR_ADD_OFFSET_TYPE(p, o, PVOID)
#define WDF_REL_TIMEOUT_IN_MS(t) (-10000LL * (t))
#define WDF_REL_TIMEOUT_IN_SEC(t) (-10000000LL * (t))
#define WDF_REL_TIMEOUT_IN_US(t) (-10LL * (t))
#define WDF_ABS_TIMEOUT_IN_MS(t) (10000LL * (t))
#define WDF_ABS_TIMEOUT_IN_SEC(t) (10000000LL * (t))
#define WDF_ABS_TIMEOUT_IN_US(t) (10LL * (t))
#define WDF_TIMEOUT_TO_SEC (10000000LL)
#define WDF_TIMEOUT_TO_MS (10000LL)
#define WDF_TIMEOUT_TO_US (10LL)
#ifndef USBD_CLIENT_CONTRACT_VERSION_602
#define USBD_CLIENT_CONTRACT_VERSION_602 0x602
#endif
#define WDF_USB_DEVICE_TRAIT_SELF_POWERED 1
#define WDF_USB_DEVICE_TRAIT_REMOTE_WAKE_CAPABLE 2
#define WDF_USB_DEVICE_TRAIT_AT_HIGH_SPEED 4
/* --- callback roles --- */
typedef NTSTATUS EVT_WDF_DRIVER_DEVICE_ADD(WDFDRIVER, PWDFDEVICE_INIT);
typedef EVT_WDF_DRIVER_DEVICE_ADD *PFN_WDF_DRIVER_DEVICE_ADD;
typedef VOID EVT_WDF_DRIVER_UNLOAD(WDFDRIVER);
typedef EVT_WDF_DRIVER_UNLOAD *PFN_WDF_DRIVER_UNLOAD;
typedef VOID EVT_WDF_OBJECT_CONTEXT_CLEANUP(WDFOBJECT);
typedef EVT_WDF_OBJECT_CONTEXT_CLEANUP *PFN_WDF_OBJECT_CONTEXT_CLEANUP;
typedef EVT_WDF_OBJECT_CONTEXT_CLEANUP EVT_WDF_DEVICE_CONTEXT_CLEANUP, EVT_WDF_OBJECT_CONTEXT_DESTROY,
	EVT_WDF_DEVICE_CONTEXT_DESTROY, EVT_WDF_IO_QUEUE_CONTEXT_CLEANUP_CALLBACK,
	EVT_WDF_IO_QUEUE_CONTEXT_DESTROY_CALLBACK;
typedef EVT_WDF_OBJECT_CONTEXT_CLEANUP *PFN_WDF_OBJECT_CONTEXT_DESTROY;
typedef NTSTATUS EVT_WDF_DEVICE_PREPARE_HARDWARE(WDFDEVICE, WDFCMRESLIST, WDFCMRESLIST);
typedef NTSTATUS EVT_WDF_DEVICE_RELEASE_HARDWARE(WDFDEVICE, WDFCMRESLIST);
typedef NTSTATUS EVT_WDF_DEVICE_D0_ENTRY(WDFDEVICE, WDF_POWER_DEVICE_STATE);
typedef EVT_WDF_DEVICE_D0_ENTRY EVT_WDF_DEVICE_D0_EXIT, EVT_WDF_DEVICE_D0_ENTRY_POST_INTERRUPTS_ENABLED,
	EVT_WDF_DEVICE_D0_EXIT_PRE_INTERRUPTS_DISABLED;
typedef NTSTATUS EVT_WDF_DEVICE_SELF_MANAGED_IO_INIT(WDFDEVICE);
typedef EVT_WDF_DEVICE_SELF_MANAGED_IO_INIT EVT_WDF_DEVICE_SELF_MANAGED_IO_SUSPEND,
	EVT_WDF_DEVICE_SELF_MANAGED_IO_RESTART, EVT_WDF_DEVICE_QUERY_STOP, EVT_WDF_DEVICE_QUERY_REMOVE,
	EVT_WDF_DEVICE_ARM_WAKE_FROM_S0, EVT_WDF_DEVICE_ARM_WAKE_FROM_SX;
typedef VOID EVT_WDF_DEVICE_SELF_MANAGED_IO_FLUSH(WDFDEVICE);
typedef EVT_WDF_DEVICE_SELF_MANAGED_IO_FLUSH EVT_WDF_DEVICE_SELF_MANAGED_IO_CLEANUP, EVT_WDF_DEVICE_SURPRISE_REMOVAL,
	EVT_WDF_DEVICE_DISARM_WAKE_FROM_S0, EVT_WDF_DEVICE_DISARM_WAKE_FROM_SX, EVT_WDF_DEVICE_WAKE_FROM_S0_TRIGGERED,
	EVT_WDF_DEVICE_WAKE_FROM_SX_TRIGGERED, EVT_WDF_DEVICE_SHUTDOWN_NOTIFICATION, EVT_WDF_DEVICE_DISABLE_WAKE_AT_BUS;
typedef NTSTATUS EVT_WDF_DEVICE_ENABLE_WAKE_AT_BUS(WDFDEVICE, SYSTEM_POWER_STATE);
typedef VOID EVT_WDF_DEVICE_USAGE_NOTIFICATION(WDFDEVICE, WDF_SPECIAL_FILE_TYPE, BOOLEAN);
typedef VOID EVT_WDF_DEVICE_RELATIONS_QUERY(WDFDEVICE, DEVICE_RELATION_TYPE);
typedef VOID EVT_WDF_IO_QUEUE_IO_READ(WDFQUEUE, WDFREQUEST, size_t);
typedef EVT_WDF_IO_QUEUE_IO_READ EVT_WDF_IO_QUEUE_IO_WRITE;
typedef VOID EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL(WDFQUEUE, WDFREQUEST, size_t, size_t, ULONG);
typedef EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL EVT_WDF_IO_QUEUE_IO_INTERNAL_DEVICE_CONTROL;
typedef VOID EVT_WDF_IO_QUEUE_IO_DEFAULT(WDFQUEUE, WDFREQUEST);
typedef EVT_WDF_IO_QUEUE_IO_DEFAULT EVT_WDF_IO_QUEUE_IO_RESUME, EVT_WDF_IO_QUEUE_IO_CANCELED_ON_QUEUE;
typedef VOID EVT_WDF_IO_QUEUE_IO_STOP(WDFQUEUE, WDFREQUEST, ULONG);
typedef VOID EVT_WDF_IO_QUEUE_STATE(WDFQUEUE, WDFCONTEXT);
typedef VOID EVT_WDF_IO_IN_CALLER_CONTEXT(WDFDEVICE, WDFREQUEST);
typedef VOID EVT_WDF_REQUEST_CANCEL(WDFREQUEST);
typedef EVT_WDF_REQUEST_CANCEL *PFN_WDF_REQUEST_CANCEL;
typedef struct _WDF_REQUEST_COMPLETION_PARAMS {
	ULONG Size;
	WDF_REQUEST_TYPE Type;
	IO_STATUS_BLOCK IoStatus;
	union {
		struct {
			WDFMEMORY Buffer;
			size_t Length;
			size_t Offset;
		} Write, Read;
		struct {
			ULONG IoControlCode;
			struct {
				WDFMEMORY Buffer;
				size_t Offset;
			} Input;
			struct {
				WDFMEMORY Buffer;
				size_t Offset;
				size_t Length;
			} Output;
		} Ioctl;
		struct {
			union {
				PVOID Ptr;
				ULONG_PTR Value;
			} Argument1, Argument2, Argument3, Argument4;
		} Others;
		struct {
			struct _WDF_USB_REQUEST_COMPLETION_PARAMS *Completion;
		} Usb;
	} Parameters;
} WDF_REQUEST_COMPLETION_PARAMS, *PWDF_REQUEST_COMPLETION_PARAMS;
typedef struct _WDF_USB_REQUEST_COMPLETION_PARAMS {
	ULONG UsbdStatus;
	int Type;
	union {
		struct {
			WDFMEMORY Buffer;
			USHORT LangID;
			UCHAR StringIndex;
			UCHAR RequiredSize;
		} DeviceString;
		struct {
			WDFMEMORY Buffer;
			ULONG Length;
		} DeviceControlTransfer;
		struct {
			WDFMEMORY Buffer;
		} DeviceUrb;
		struct {
			WDFMEMORY Buffer;
			size_t Length;
			size_t Offset;
		} PipeWrite, PipeRead;
		struct {
			WDFMEMORY Buffer;
		} PipeUrb;
	} Parameters;
} WDF_USB_REQUEST_COMPLETION_PARAMS, *PWDF_USB_REQUEST_COMPLETION_PARAMS;
typedef VOID EVT_WDF_REQUEST_COMPLETION_ROUTINE(WDFREQUEST, WDFIOTARGET, PWDF_REQUEST_COMPLETION_PARAMS, WDFCONTEXT);
typedef EVT_WDF_REQUEST_COMPLETION_ROUTINE *PFN_WDF_REQUEST_COMPLETION_ROUTINE;
typedef BOOLEAN EVT_WDF_INTERRUPT_ISR(WDFINTERRUPT, ULONG);
typedef BOOLEAN EVT_WDF_INTERRUPT_SYNCHRONIZE(WDFINTERRUPT, WDFCONTEXT);
typedef VOID EVT_WDF_INTERRUPT_DPC(WDFINTERRUPT, WDFOBJECT);
typedef VOID EVT_WDF_INTERRUPT_WORKITEM(WDFINTERRUPT, WDFOBJECT);
typedef NTSTATUS EVT_WDF_INTERRUPT_ENABLE(WDFINTERRUPT, WDFDEVICE);
typedef EVT_WDF_INTERRUPT_ENABLE EVT_WDF_INTERRUPT_DISABLE;
typedef VOID EVT_WDF_TIMER(WDFTIMER);
typedef VOID EVT_WDF_WORKITEM(WDFWORKITEM);
typedef VOID EVT_WDF_DPC(WDFDPC);
typedef VOID EVT_WDF_DEVICE_FILE_CREATE(WDFDEVICE, WDFREQUEST, WDFFILEOBJECT);
typedef VOID EVT_WDF_FILE_CLOSE(WDFFILEOBJECT);
typedef EVT_WDF_FILE_CLOSE EVT_WDF_FILE_CLEANUP;
typedef BOOLEAN EVT_WDF_PROGRAM_DMA(WDFDMATRANSACTION, WDFDEVICE, WDFCONTEXT, WDF_DMA_DIRECTION, PSCATTER_GATHER_LIST);
typedef EVT_WDF_PROGRAM_DMA *PFN_WDF_PROGRAM_DMA;
typedef NTSTATUS EVT_WDFDEVICE_WDM_IRP_PREPROCESS(WDFDEVICE, PIRP);
typedef NTSTATUS EVT_WDF_DEVICE_PROCESS_QUERY_INTERFACE_REQUEST(WDFDEVICE, LPGUID, PINTERFACE, PVOID);
typedef VOID EVT_WDF_USB_READER_COMPLETION_ROUTINE(WDFUSBPIPE, WDFMEMORY, size_t, WDFCONTEXT);
typedef BOOLEAN EVT_WDF_USB_READERS_FAILED(WDFUSBPIPE, NTSTATUS, ULONG);
typedef NTSTATUS EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE(WDFWMIINSTANCE, ULONG, PVOID, PULONG);
typedef NTSTATUS EVT_WDF_WMI_INSTANCE_SET_INSTANCE(WDFWMIINSTANCE, ULONG, PVOID);
typedef NTSTATUS EVT_WDF_WMI_INSTANCE_SET_ITEM(WDFWMIINSTANCE, ULONG, ULONG, PVOID);
typedef NTSTATUS EVT_WDF_WMI_INSTANCE_EXECUTE_METHOD(WDFWMIINSTANCE, ULONG, ULONG, ULONG, PVOID, PULONG);
typedef NTSTATUS EVT_WDF_WMI_PROVIDER_FUNCTION_CONTROL(WDFWMIPROVIDER, WDF_WMI_PROVIDER_CONTROL, BOOLEAN);
typedef NTSTATUS EVT_WDF_IO_TARGET_QUERY_REMOVE(WDFIOTARGET);
typedef VOID EVT_WDF_IO_TARGET_REMOVE_COMPLETE(WDFIOTARGET);
typedef EVT_WDF_IO_TARGET_REMOVE_COMPLETE EVT_WDF_IO_TARGET_REMOVE_CANCELED;
typedef VOID EVT_WDF_TRACE_CALLBACK(void);
typedef EVT_WDFDEVICE_WDM_IRP_PREPROCESS *PFN_WDFDEVICE_WDM_IRP_PREPROCESS;
typedef EVT_WDF_DEVICE_ARM_WAKE_FROM_S0 *PFN_WDF_DEVICE_ARM_WAKE_FROM_S0;
typedef EVT_WDF_DEVICE_ARM_WAKE_FROM_SX *PFN_WDF_DEVICE_ARM_WAKE_FROM_SX;
typedef EVT_WDF_DEVICE_CONTEXT_CLEANUP *PFN_WDF_DEVICE_CONTEXT_CLEANUP;
typedef EVT_WDF_DEVICE_CONTEXT_DESTROY *PFN_WDF_DEVICE_CONTEXT_DESTROY;
typedef EVT_WDF_DEVICE_D0_ENTRY *PFN_WDF_DEVICE_D0_ENTRY;
typedef EVT_WDF_DEVICE_D0_ENTRY_POST_INTERRUPTS_ENABLED *PFN_WDF_DEVICE_D0_ENTRY_POST_INTERRUPTS_ENABLED;
typedef EVT_WDF_DEVICE_D0_EXIT *PFN_WDF_DEVICE_D0_EXIT;
typedef EVT_WDF_DEVICE_D0_EXIT_PRE_INTERRUPTS_DISABLED *PFN_WDF_DEVICE_D0_EXIT_PRE_INTERRUPTS_DISABLED;
typedef EVT_WDF_DEVICE_DISABLE_WAKE_AT_BUS *PFN_WDF_DEVICE_DISABLE_WAKE_AT_BUS;
typedef EVT_WDF_DEVICE_DISARM_WAKE_FROM_S0 *PFN_WDF_DEVICE_DISARM_WAKE_FROM_S0;
typedef EVT_WDF_DEVICE_DISARM_WAKE_FROM_SX *PFN_WDF_DEVICE_DISARM_WAKE_FROM_SX;
typedef EVT_WDF_DEVICE_ENABLE_WAKE_AT_BUS *PFN_WDF_DEVICE_ENABLE_WAKE_AT_BUS;
typedef EVT_WDF_DEVICE_FILE_CREATE *PFN_WDF_DEVICE_FILE_CREATE;
typedef EVT_WDF_DEVICE_PREPARE_HARDWARE *PFN_WDF_DEVICE_PREPARE_HARDWARE;
typedef EVT_WDF_DEVICE_PROCESS_QUERY_INTERFACE_REQUEST *PFN_WDF_DEVICE_PROCESS_QUERY_INTERFACE_REQUEST;
typedef EVT_WDF_DEVICE_QUERY_REMOVE *PFN_WDF_DEVICE_QUERY_REMOVE;
typedef EVT_WDF_DEVICE_QUERY_STOP *PFN_WDF_DEVICE_QUERY_STOP;
typedef EVT_WDF_DEVICE_RELATIONS_QUERY *PFN_WDF_DEVICE_RELATIONS_QUERY;
typedef EVT_WDF_DEVICE_RELEASE_HARDWARE *PFN_WDF_DEVICE_RELEASE_HARDWARE;
typedef EVT_WDF_DEVICE_SELF_MANAGED_IO_CLEANUP *PFN_WDF_DEVICE_SELF_MANAGED_IO_CLEANUP;
typedef EVT_WDF_DEVICE_SELF_MANAGED_IO_FLUSH *PFN_WDF_DEVICE_SELF_MANAGED_IO_FLUSH;
typedef EVT_WDF_DEVICE_SELF_MANAGED_IO_INIT *PFN_WDF_DEVICE_SELF_MANAGED_IO_INIT;
typedef EVT_WDF_DEVICE_SELF_MANAGED_IO_RESTART *PFN_WDF_DEVICE_SELF_MANAGED_IO_RESTART;
typedef EVT_WDF_DEVICE_SELF_MANAGED_IO_SUSPEND *PFN_WDF_DEVICE_SELF_MANAGED_IO_SUSPEND;
typedef EVT_WDF_DEVICE_SHUTDOWN_NOTIFICATION *PFN_WDF_DEVICE_SHUTDOWN_NOTIFICATION;
typedef EVT_WDF_DEVICE_SURPRISE_REMOVAL *PFN_WDF_DEVICE_SURPRISE_REMOVAL;
typedef EVT_WDF_DEVICE_USAGE_NOTIFICATION *PFN_WDF_DEVICE_USAGE_NOTIFICATION;
typedef EVT_WDF_DEVICE_WAKE_FROM_S0_TRIGGERED *PFN_WDF_DEVICE_WAKE_FROM_S0_TRIGGERED;
typedef EVT_WDF_DEVICE_WAKE_FROM_SX_TRIGGERED *PFN_WDF_DEVICE_WAKE_FROM_SX_TRIGGERED;
typedef EVT_WDF_DPC *PFN_WDF_DPC;
typedef EVT_WDF_FILE_CLEANUP *PFN_WDF_FILE_CLEANUP;
typedef EVT_WDF_FILE_CLOSE *PFN_WDF_FILE_CLOSE;
typedef EVT_WDF_INTERRUPT_DISABLE *PFN_WDF_INTERRUPT_DISABLE;
typedef EVT_WDF_INTERRUPT_DPC *PFN_WDF_INTERRUPT_DPC;
typedef EVT_WDF_INTERRUPT_ENABLE *PFN_WDF_INTERRUPT_ENABLE;
typedef EVT_WDF_INTERRUPT_ISR *PFN_WDF_INTERRUPT_ISR;
typedef EVT_WDF_INTERRUPT_SYNCHRONIZE *PFN_WDF_INTERRUPT_SYNCHRONIZE;
typedef EVT_WDF_INTERRUPT_WORKITEM *PFN_WDF_INTERRUPT_WORKITEM;
typedef EVT_WDF_IO_IN_CALLER_CONTEXT *PFN_WDF_IO_IN_CALLER_CONTEXT;
typedef EVT_WDF_IO_QUEUE_CONTEXT_CLEANUP_CALLBACK *PFN_WDF_IO_QUEUE_CONTEXT_CLEANUP_CALLBACK;
typedef EVT_WDF_IO_QUEUE_CONTEXT_DESTROY_CALLBACK *PFN_WDF_IO_QUEUE_CONTEXT_DESTROY_CALLBACK;
typedef EVT_WDF_IO_QUEUE_IO_CANCELED_ON_QUEUE *PFN_WDF_IO_QUEUE_IO_CANCELED_ON_QUEUE;
typedef EVT_WDF_IO_QUEUE_IO_DEFAULT *PFN_WDF_IO_QUEUE_IO_DEFAULT;
typedef EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL *PFN_WDF_IO_QUEUE_IO_DEVICE_CONTROL;
typedef EVT_WDF_IO_QUEUE_IO_INTERNAL_DEVICE_CONTROL *PFN_WDF_IO_QUEUE_IO_INTERNAL_DEVICE_CONTROL;
typedef EVT_WDF_IO_QUEUE_IO_READ *PFN_WDF_IO_QUEUE_IO_READ;
typedef EVT_WDF_IO_QUEUE_IO_RESUME *PFN_WDF_IO_QUEUE_IO_RESUME;
typedef EVT_WDF_IO_QUEUE_IO_STOP *PFN_WDF_IO_QUEUE_IO_STOP;
typedef EVT_WDF_IO_QUEUE_IO_WRITE *PFN_WDF_IO_QUEUE_IO_WRITE;
typedef EVT_WDF_IO_QUEUE_STATE *PFN_WDF_IO_QUEUE_STATE;
typedef EVT_WDF_IO_TARGET_QUERY_REMOVE *PFN_WDF_IO_TARGET_QUERY_REMOVE;
typedef EVT_WDF_IO_TARGET_REMOVE_CANCELED *PFN_WDF_IO_TARGET_REMOVE_CANCELED;
typedef EVT_WDF_IO_TARGET_REMOVE_COMPLETE *PFN_WDF_IO_TARGET_REMOVE_COMPLETE;
typedef EVT_WDF_TIMER *PFN_WDF_TIMER;
typedef EVT_WDF_USB_READERS_FAILED *PFN_WDF_USB_READERS_FAILED;
typedef EVT_WDF_USB_READER_COMPLETION_ROUTINE *PFN_WDF_USB_READER_COMPLETION_ROUTINE;
typedef EVT_WDF_WMI_INSTANCE_EXECUTE_METHOD *PFN_WDF_WMI_INSTANCE_EXECUTE_METHOD;
typedef EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE *PFN_WDF_WMI_INSTANCE_QUERY_INSTANCE;
typedef EVT_WDF_WMI_INSTANCE_SET_INSTANCE *PFN_WDF_WMI_INSTANCE_SET_INSTANCE;
typedef EVT_WDF_WMI_INSTANCE_SET_ITEM *PFN_WDF_WMI_INSTANCE_SET_ITEM;
typedef EVT_WDF_WMI_PROVIDER_FUNCTION_CONTROL *PFN_WDF_WMI_PROVIDER_FUNCTION_CONTROL;
typedef EVT_WDF_WORKITEM *PFN_WDF_WORKITEM;
typedef struct _WDF_OBJECT_CONTEXT_TYPE_INFO {
	ULONG Size;
	const char *ContextName;
	size_t ContextSize;
	const struct _WDF_OBJECT_CONTEXT_TYPE_INFO *UniqueType;
	PVOID EvtDriverGetUniqueContextType;
} WDF_OBJECT_CONTEXT_TYPE_INFO;
typedef const WDF_OBJECT_CONTEXT_TYPE_INFO *PCWDF_OBJECT_CONTEXT_TYPE_INFO;
typedef struct _WDF_OBJECT_ATTRIBUTES {
	ULONG Size;
	PFN_WDF_OBJECT_CONTEXT_CLEANUP EvtCleanupCallback;
	PFN_WDF_OBJECT_CONTEXT_DESTROY EvtDestroyCallback;
	WDF_EXECUTION_LEVEL ExecutionLevel;
	WDF_SYNCHRONIZATION_SCOPE SynchronizationScope;
	WDFOBJECT ParentObject;
	size_t ContextSizeOverride;
	PCWDF_OBJECT_CONTEXT_TYPE_INFO ContextTypeInfo;
} WDF_OBJECT_ATTRIBUTES, *PWDF_OBJECT_ATTRIBUTES;
PVOID WdfObjectGetTypedContextWorker(WDFOBJECT, PCWDF_OBJECT_CONTEXT_TYPE_INFO);
#define WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(_t, _f)                       \
	extern const WDF_OBJECT_CONTEXT_TYPE_INFO _WDF_##_t##_TYPE_INFO; \
	_t *_f(WDFOBJECT Handle);
#define WDF_DECLARE_CONTEXT_TYPE(_t) WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(_t, WdfObjectGet_##_t)
#define WDF_DECLARE_TYPE_AND_GLOBALS_WITH_NAME WDF_DECLARE_CONTEXT_TYPE_WITH_NAME
#define WdfObjectGetTypedContext(h, t) ((t *)WdfObjectGetTypedContextWorker((WDFOBJECT)(h), &_WDF_##t##_TYPE_INFO))
VOID WDF_OBJECT_ATTRIBUTES_INIT(PWDF_OBJECT_ATTRIBUTES);
#define WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE(_a, _t) ((_a)->ContextTypeInfo = &_WDF_##_t##_TYPE_INFO)
#define WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(_a, _t) \
	(WDF_OBJECT_ATTRIBUTES_INIT(_a), WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE(_a, _t))
typedef struct _WDF_DRIVER_CONFIG {
	ULONG Size;
	PFN_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
	PFN_WDF_DRIVER_UNLOAD EvtDriverUnload;
	ULONG DriverInitFlags;
	ULONG DriverPoolTag;
} WDF_DRIVER_CONFIG, *PWDF_DRIVER_CONFIG;
typedef struct _WDF_IO_QUEUE_CONFIG {
	ULONG Size;
	WDF_IO_QUEUE_DISPATCH_TYPE DispatchType;
	WDF_TRI_STATE PowerManaged;
	BOOLEAN AllowZeroLengthRequests;
	BOOLEAN DefaultQueue;
	EVT_WDF_IO_QUEUE_IO_DEFAULT *EvtIoDefault;
	EVT_WDF_IO_QUEUE_IO_READ *EvtIoRead;
	EVT_WDF_IO_QUEUE_IO_WRITE *EvtIoWrite;
	EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL *EvtIoDeviceControl;
	EVT_WDF_IO_QUEUE_IO_INTERNAL_DEVICE_CONTROL *EvtIoInternalDeviceControl;
	EVT_WDF_IO_QUEUE_IO_STOP *EvtIoStop;
	EVT_WDF_IO_QUEUE_IO_RESUME *EvtIoResume;
	EVT_WDF_IO_QUEUE_IO_CANCELED_ON_QUEUE *EvtIoCanceledOnQueue;
	union {
		struct {
			ULONG NumberOfPresentedRequests;
		} Parallel;
	} Settings;
	WDFDRIVER Driver;
} WDF_IO_QUEUE_CONFIG, *PWDF_IO_QUEUE_CONFIG;
typedef struct _WDF_PNPPOWER_EVENT_CALLBACKS {
	ULONG Size;
	EVT_WDF_DEVICE_D0_ENTRY *EvtDeviceD0Entry;
	EVT_WDF_DEVICE_D0_ENTRY_POST_INTERRUPTS_ENABLED *EvtDeviceD0EntryPostInterruptsEnabled;
	EVT_WDF_DEVICE_D0_EXIT *EvtDeviceD0Exit;
	EVT_WDF_DEVICE_D0_EXIT_PRE_INTERRUPTS_DISABLED *EvtDeviceD0ExitPreInterruptsDisabled;
	EVT_WDF_DEVICE_PREPARE_HARDWARE *EvtDevicePrepareHardware;
	EVT_WDF_DEVICE_RELEASE_HARDWARE *EvtDeviceReleaseHardware;
	EVT_WDF_DEVICE_SELF_MANAGED_IO_CLEANUP *EvtDeviceSelfManagedIoCleanup;
	EVT_WDF_DEVICE_SELF_MANAGED_IO_FLUSH *EvtDeviceSelfManagedIoFlush;
	EVT_WDF_DEVICE_SELF_MANAGED_IO_INIT *EvtDeviceSelfManagedIoInit;
	EVT_WDF_DEVICE_SELF_MANAGED_IO_SUSPEND *EvtDeviceSelfManagedIoSuspend;
	EVT_WDF_DEVICE_SELF_MANAGED_IO_RESTART *EvtDeviceSelfManagedIoRestart;
	EVT_WDF_DEVICE_SURPRISE_REMOVAL *EvtDeviceSurpriseRemoval;
	EVT_WDF_DEVICE_QUERY_REMOVE *EvtDeviceQueryRemove;
	EVT_WDF_DEVICE_QUERY_STOP *EvtDeviceQueryStop;
	EVT_WDF_DEVICE_USAGE_NOTIFICATION *EvtDeviceUsageNotification;
	EVT_WDF_DEVICE_RELATIONS_QUERY *EvtDeviceRelationsQuery;
	PVOID EvtDeviceUsageNotificationEx;
} WDF_PNPPOWER_EVENT_CALLBACKS, *PWDF_PNPPOWER_EVENT_CALLBACKS;
typedef struct _WDF_POWER_POLICY_EVENT_CALLBACKS {
	ULONG Size;
	EVT_WDF_DEVICE_ARM_WAKE_FROM_S0 *EvtDeviceArmWakeFromS0;
	EVT_WDF_DEVICE_DISARM_WAKE_FROM_S0 *EvtDeviceDisarmWakeFromS0;
	EVT_WDF_DEVICE_WAKE_FROM_S0_TRIGGERED *EvtDeviceWakeFromS0Triggered;
	EVT_WDF_DEVICE_ARM_WAKE_FROM_SX *EvtDeviceArmWakeFromSx;
	EVT_WDF_DEVICE_DISARM_WAKE_FROM_SX *EvtDeviceDisarmWakeFromSx;
	EVT_WDF_DEVICE_WAKE_FROM_SX_TRIGGERED *EvtDeviceWakeFromSxTriggered;
	PVOID EvtDeviceArmWakeFromSxWithReason;
} WDF_POWER_POLICY_EVENT_CALLBACKS, *PWDF_POWER_POLICY_EVENT_CALLBACKS;
typedef struct _WDF_INTERRUPT_CONFIG {
	ULONG Size;
	WDFSPINLOCK SpinLock;
	WDF_TRI_STATE ShareVector;
	BOOLEAN FloatingSave;
	BOOLEAN AutomaticSerialization;
	EVT_WDF_INTERRUPT_ISR *EvtInterruptIsr;
	EVT_WDF_INTERRUPT_DPC *EvtInterruptDpc;
	EVT_WDF_INTERRUPT_ENABLE *EvtInterruptEnable;
	EVT_WDF_INTERRUPT_DISABLE *EvtInterruptDisable;
	EVT_WDF_INTERRUPT_WORKITEM *EvtInterruptWorkItem;
	PCM_PARTIAL_RESOURCE_DESCRIPTOR InterruptRaw;
	PCM_PARTIAL_RESOURCE_DESCRIPTOR InterruptTranslated;
	WDFWAITLOCK WaitLock;
	BOOLEAN PassiveHandling;
	WDF_TRI_STATE ReportInactiveOnPowerDown;
	BOOLEAN CanWakeDevice;
} WDF_INTERRUPT_CONFIG, *PWDF_INTERRUPT_CONFIG;
typedef struct _WDF_INTERRUPT_INFO {
	ULONG Size;
	ULONG64 Reserved1;
	KAFFINITY TargetProcessorSet;
	ULONG Reserved2;
	ULONG MessageNumber;
	ULONG Vector;
	KIRQL Irql;
	KINTERRUPT_MODE Mode;
	WDF_INTERRUPT_POLICY Policy_;
	int Polarity;
	BOOLEAN MessageSignaled;
	UCHAR ShareDisposition;
	USHORT Group;
} WDF_INTERRUPT_INFO, *PWDF_INTERRUPT_INFO;
typedef struct _WDF_INTERRUPT_EXTENDED_POLICY {
	ULONG Size;
	WDF_INTERRUPT_POLICY Policy;
	WDF_INTERRUPT_PRIORITY Priority;
	GROUP_AFFINITY TargetProcessorSetAndGroup;
} WDF_INTERRUPT_EXTENDED_POLICY;
typedef struct _WDF_TIMER_CONFIG {
	ULONG Size;
	EVT_WDF_TIMER *EvtTimerFunc;
	ULONG Period;
	BOOLEAN AutomaticSerialization;
	ULONG TolerableDelay;
	WDF_TRI_STATE UseHighResolutionTimer;
} WDF_TIMER_CONFIG, *PWDF_TIMER_CONFIG;
typedef struct _WDF_WORKITEM_CONFIG {
	ULONG Size;
	EVT_WDF_WORKITEM *EvtWorkItemFunc;
	BOOLEAN AutomaticSerialization;
} WDF_WORKITEM_CONFIG, *PWDF_WORKITEM_CONFIG;
typedef struct _WDF_DPC_CONFIG {
	ULONG Size;
	EVT_WDF_DPC *EvtDpcFunc;
	BOOLEAN AutomaticSerialization;
} WDF_DPC_CONFIG, *PWDF_DPC_CONFIG;
typedef struct _WDF_FILEOBJECT_CONFIG {
	ULONG Size;
	EVT_WDF_DEVICE_FILE_CREATE *EvtDeviceFileCreate;
	EVT_WDF_FILE_CLOSE *EvtFileClose;
	EVT_WDF_FILE_CLEANUP *EvtFileCleanup;
	WDF_TRI_STATE AutoForwardCleanupClose;
	WDF_FILEOBJECT_CLASS FileObjectClass;
} WDF_FILEOBJECT_CONFIG, *PWDF_FILEOBJECT_CONFIG;
typedef struct _WDF_DMA_ENABLER_CONFIG {
	ULONG Size;
	WDF_DMA_PROFILE Profile;
	size_t MaximumLength;
	PVOID EvtDmaEnablerFill, EvtDmaEnablerFlush, EvtDmaEnablerDisable, EvtDmaEnablerEnable,
		EvtDmaEnablerSelfManagedIoStart, EvtDmaEnablerSelfManagedIoStop;
	ULONG AddressWidthOverride;
	ULONG WdmDmaVersionOverride;
	ULONG Flags;
} WDF_DMA_ENABLER_CONFIG, *PWDF_DMA_ENABLER_CONFIG;
typedef struct _WDF_COMMON_BUFFER_CONFIG {
	ULONG Size;
	ULONG AlignmentRequirement;
} WDF_COMMON_BUFFER_CONFIG;
typedef struct _WDF_DEVICE_STATE {
	ULONG Size;
	WDF_TRI_STATE Disabled, DontDisplayInUI, Failed, NotDisableable, Removed, ResourcesChanged, AssignedToGuest;
} WDF_DEVICE_STATE, *PWDF_DEVICE_STATE;
typedef struct _WDF_DEVICE_PNP_CAPABILITIES {
	ULONG Size;
	WDF_TRI_STATE LockSupported, EjectSupported, Removable, DockDevice, UniqueID, SilentInstall, SurpriseRemovalOK,
		HardwareDisabled, NoDisplayInUI;
	ULONG Address, UINumber;
} WDF_DEVICE_PNP_CAPABILITIES, *PWDF_DEVICE_PNP_CAPABILITIES;
typedef struct _WDF_DEVICE_POWER_CAPABILITIES {
	ULONG Size;
	WDF_TRI_STATE DeviceD1, DeviceD2, WakeFromD0, WakeFromD1, WakeFromD2, WakeFromD3;
	DEVICE_POWER_STATE DeviceState[PowerSystemMaximum];
	DEVICE_POWER_STATE DeviceWake;
	SYSTEM_POWER_STATE SystemWake;
	ULONG D1Latency, D2Latency, D3Latency;
	DEVICE_POWER_STATE IdealDxStateForSx;
} WDF_DEVICE_POWER_CAPABILITIES, *PWDF_DEVICE_POWER_CAPABILITIES;
typedef enum {
	IdleCapsInvalid,
	IdleCannotWakeFromS0,
	IdleCanWakeFromS0,
	IdleUsbSelectiveSuspend
} WDF_POWER_POLICY_S0_IDLE_CAPABILITIES;
typedef enum { IdleAllowUserControl = 1, IdleDoNotAllowUserControl } WDF_POWER_POLICY_S0_IDLE_USER_CONTROL;
typedef enum {
	DriverManagedIdleTimeout = 0,
	SystemManagedIdleTimeout,
	SystemManagedIdleTimeoutWithHint
} WDF_POWER_POLICY_IDLE_TIMEOUT_TYPE;
typedef enum { IdleTimeoutDefaultValue = 0, IdleTimeoutDefaultConstant = -1 } WDF_POWER_POLICY_S0_IDLE_TIMEOUT;
typedef enum { WakeAllowUserControl = 1, WakeDoNotAllowUserControl } WDF_POWER_POLICY_SX_WAKE_USER_CONTROL;
typedef struct _WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS {
	ULONG Size;
	WDF_POWER_POLICY_S0_IDLE_CAPABILITIES IdleCaps;
	DEVICE_POWER_STATE DxState;
	ULONG IdleTimeout;
	WDF_POWER_POLICY_S0_IDLE_USER_CONTROL UserControlOfIdleSettings;
	WDF_TRI_STATE Enabled, PowerUpIdleDeviceOnSystemWake;
	WDF_POWER_POLICY_IDLE_TIMEOUT_TYPE IdleTimeoutType;
	WDF_TRI_STATE ExcludeD3Cold;
} WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS, *PWDF_DEVICE_POWER_POLICY_IDLE_SETTINGS;
typedef struct _WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS {
	ULONG Size;
	DEVICE_POWER_STATE DxState;
	WDF_POWER_POLICY_SX_WAKE_USER_CONTROL UserControlOfWakeSettings;
	WDF_TRI_STATE Enabled;
	BOOLEAN ArmForWakeIfChildrenAreArmedForWake, IndicateChildWakeOnParentWake;
} WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS, *PWDF_DEVICE_POWER_POLICY_WAKE_SETTINGS;
typedef struct _WDF_POWER_FRAMEWORK_SETTINGS {
	ULONG Size;
	PVOID EvtDeviceWdmPostPoFxRegisterDevice, EvtDeviceWdmPrePoFxUnregisterDevice;
	PVOID Component;
	PVOID ComponentActiveConditionCallback, ComponentIdleConditionCallback, ComponentIdleStateCallback,
		PowerControlCallback;
	PVOID PoFxDeviceContext;
	ULONGLONG PoFxDeviceFlags;
	LONG DirectedPoFxEnabled;
} WDF_POWER_FRAMEWORK_SETTINGS;
typedef NTSTATUS EVT_WDFDEVICE_WDM_POST_PO_FX_REGISTER_DEVICE();
typedef VOID EVT_WDFDEVICE_WDM_PRE_PO_FX_UNREGISTER_DEVICE();
typedef struct _WDF_REQUEST_SEND_OPTIONS {
	ULONG Size;
	ULONG Flags;
	LONGLONG Timeout;
} WDF_REQUEST_SEND_OPTIONS, *PWDF_REQUEST_SEND_OPTIONS;
typedef struct _WDF_REQUEST_REUSE_PARAMS {
	ULONG Size;
	ULONG Flags;
	NTSTATUS Status;
	PIRP NewIrp;
} WDF_REQUEST_REUSE_PARAMS, *PWDF_REQUEST_REUSE_PARAMS;
typedef struct _WDF_REQUEST_FORWARD_OPTIONS {
	ULONG Size;
	ULONG Flags;
} WDF_REQUEST_FORWARD_OPTIONS, *PWDF_REQUEST_FORWARD_OPTIONS;
typedef struct _WDF_REQUEST_PARAMETERS {
	USHORT Size;
	UCHAR MinorFunction;
	WDF_REQUEST_TYPE Type;
	union {
		struct {
			PIO_SECURITY_CONTEXT SecurityContext;
			ULONG Options;
			USHORT FileAttributes;
			USHORT ShareAccess;
			ULONG EaLength;
		} Create;
		struct {
			size_t Length;
			ULONG Key;
			LONGLONG DeviceOffset;
		} Read, Write;
		struct {
			size_t OutputBufferLength;
			size_t InputBufferLength;
			ULONG IoControlCode;
			PVOID Type3InputBuffer;
		} DeviceIoControl;
		struct {
			PVOID Arg1, Arg2;
			ULONG IoControlCode;
			PVOID Arg4;
		} Others;
	} Parameters;
} WDF_REQUEST_PARAMETERS, *PWDF_REQUEST_PARAMETERS;
typedef struct _WDFMEMORY_OFFSET {
	size_t BufferOffset, BufferLength;
} WDFMEMORY_OFFSET, *PWDFMEMORY_OFFSET;
typedef struct _WDF_MEMORY_DESCRIPTOR {
	int Type;
	union {
		struct {
			PVOID Buffer;
			ULONG Length;
		} BufferType;
		struct {
			PMDL Mdl;
			ULONG BufferLength;
		} MdlType;
		struct {
			WDFMEMORY Memory;
			PWDFMEMORY_OFFSET Offsets;
		} HandleType;
	} u;
} WDF_MEMORY_DESCRIPTOR, *PWDF_MEMORY_DESCRIPTOR;
typedef struct _WDF_IO_TARGET_OPEN_PARAMS {
	ULONG Size;
	int Type;
	EVT_WDF_IO_TARGET_QUERY_REMOVE *EvtIoTargetQueryRemove;
	EVT_WDF_IO_TARGET_REMOVE_CANCELED *EvtIoTargetRemoveCanceled;
	EVT_WDF_IO_TARGET_REMOVE_COMPLETE *EvtIoTargetRemoveComplete;
	PDEVICE_OBJECT TargetDeviceObject;
	PFILE_OBJECT TargetFileObject;
	UNICODE_STRING TargetDeviceName;
	ACCESS_MASK DesiredAccess;
	ULONG ShareAccess, FileAttributes, CreateDisposition, CreateOptions;
	PVOID EaBuffer;
	ULONG EaBufferLength;
	PLONGLONG AllocationSize;
	ULONG FileInformation;
	UNICODE_STRING FileName;
} WDF_IO_TARGET_OPEN_PARAMS, *PWDF_IO_TARGET_OPEN_PARAMS;
typedef struct _WDF_QUERY_INTERFACE_CONFIG {
	ULONG Size;
	PINTERFACE Interface;
	const GUID *InterfaceType;
	BOOLEAN SendQueryToParentStack;
	EVT_WDF_DEVICE_PROCESS_QUERY_INTERFACE_REQUEST *EvtDeviceProcessQueryInterfaceRequest;
	BOOLEAN ImportInterface;
} WDF_QUERY_INTERFACE_CONFIG, *PWDF_QUERY_INTERFACE_CONFIG;
typedef struct _WDF_USB_PIPE_INFORMATION {
	ULONG Size;
	ULONG MaximumPacketSize;
	UCHAR EndpointAddress;
	UCHAR Interval;
	UCHAR SettingIndex;
	WDF_USB_PIPE_TYPE PipeType;
	ULONG MaximumTransferSize;
} WDF_USB_PIPE_INFORMATION, *PWDF_USB_PIPE_INFORMATION;
typedef struct _WDF_USB_DEVICE_INFORMATION {
	ULONG Size;
	ULONG UsbdVersionInformation[2];
	ULONG HcdPortCapabilities;
	ULONG Traits;
} WDF_USB_DEVICE_INFORMATION;
typedef struct _WDF_USB_DEVICE_CREATE_CONFIG {
	ULONG Size;
	ULONG USBDClientContractVersion;
} WDF_USB_DEVICE_CREATE_CONFIG;
typedef union _WDF_USB_CONTROL_SETUP_PACKET {
	struct {
		union {
			struct {
				UCHAR Recipient : 2, Reserved : 3, Type : 2, Dir : 1;
			} Request;
			UCHAR Byte;
		} bm;
		UCHAR bRequest;
		union {
			struct {
				UCHAR LowByte, HiByte;
			} Bytes;
			USHORT Value;
		} wValue, wIndex;
		USHORT wLength;
	} Packet;
	struct {
		UCHAR Bytes[8];
	} Generic;
} WDF_USB_CONTROL_SETUP_PACKET, *PWDF_USB_CONTROL_SETUP_PACKET;
typedef enum { BmRequestHostToDevice = 0, BmRequestDeviceToHost = 1 } WDF_USB_BMREQUEST_DIRECTION;
typedef enum {
	BmRequestToDevice = 0,
	BmRequestToInterface,
	BmRequestToEndpoint,
	BmRequestToOther
} WDF_USB_BMREQUEST_RECIPIENT;
typedef struct _WDF_USB_CONTINUOUS_READER_CONFIG {
	ULONG Size;
	size_t TransferLength, HeaderLength, TrailerLength;
	UCHAR NumPendingReads;
	PWDF_OBJECT_ATTRIBUTES BufferAttributes;
	EVT_WDF_USB_READER_COMPLETION_ROUTINE *EvtUsbTargetPipeReadComplete;
	WDFCONTEXT EvtUsbTargetPipeReadCompleteContext;
	EVT_WDF_USB_READERS_FAILED *EvtUsbTargetPipeReadersFailed;
} WDF_USB_CONTINUOUS_READER_CONFIG;
typedef struct _WDF_USB_DEVICE_SELECT_CONFIG_PARAMS {
	ULONG Size;
	int Type;
	union {
		struct {
			PVOID ConfigurationDescriptor, InterfaceDescriptors;
			ULONG NumInterfaceDescriptors;
		} Descriptor;
		struct {
			PVOID Urb;
		} Urb;
		struct {
			UCHAR NumberConfiguredPipes;
			WDFUSBINTERFACE ConfiguredUsbInterface;
		} SingleInterface;
		struct {
			UCHAR NumberInterfaces;
			PVOID Pairs;
			UCHAR NumberOfConfiguredInterfaces;
		} MultiInterface;
	} Types;
} WDF_USB_DEVICE_SELECT_CONFIG_PARAMS;
typedef struct _WDF_USB_INTERFACE_SELECT_SETTING_PARAMS {
	ULONG Size;
	int Type;
	union {
		struct {
			UCHAR SettingIndex;
		} Interface;
	} Types;
} WDF_USB_INTERFACE_SELECT_SETTING_PARAMS;
typedef struct _WDF_USB_INTERFACE_SETTING_PAIR {
	WDFUSBINTERFACE UsbInterface;
	UCHAR SettingIndex;
} WDF_USB_INTERFACE_SETTING_PAIR;
typedef struct _WDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER {
	ULONG IdentificationDescriptionSize;
} WDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER, *PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER;
typedef struct _WDF_CHILD_ADDRESS_DESCRIPTION_HEADER {
	ULONG AddressDescriptionSize;
} WDF_CHILD_ADDRESS_DESCRIPTION_HEADER, *PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER;
typedef NTSTATUS EVT_WDF_CHILD_LIST_CREATE_DEVICE(WDFCHILDLIST, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER,
						  PWDFDEVICE_INIT);
typedef VOID EVT_WDF_CHILD_LIST_SCAN_FOR_CHILDREN(WDFCHILDLIST);
typedef NTSTATUS EVT_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_DUPLICATE(WDFCHILDLIST,
									 PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER,
									 PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER);
typedef BOOLEAN EVT_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_COMPARE(WDFCHILDLIST,
								      PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER,
								      PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER);
typedef VOID EVT_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_CLEANUP(WDFCHILDLIST,
								   PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER);
typedef struct _WDF_CHILD_LIST_CONFIG {
	ULONG Size;
	ULONG IdentificationDescriptionSize, AddressDescriptionSize;
	EVT_WDF_CHILD_LIST_CREATE_DEVICE *EvtChildListCreateDevice;
	EVT_WDF_CHILD_LIST_SCAN_FOR_CHILDREN *EvtChildListScanForChildren;
	PVOID EvtChildListIdentificationDescriptionCopy;
	EVT_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_DUPLICATE *EvtChildListIdentificationDescriptionDuplicate;
	EVT_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_CLEANUP *EvtChildListIdentificationDescriptionCleanup;
	EVT_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_COMPARE *EvtChildListIdentificationDescriptionCompare;
} WDF_CHILD_LIST_CONFIG, *PWDF_CHILD_LIST_CONFIG;
typedef struct _WDF_CHILD_LIST_ITERATOR {
	ULONG Size;
	ULONG Flags;
	PVOID Reserved[4];
} WDF_CHILD_LIST_ITERATOR;
typedef struct _WDF_CHILD_RETRIEVE_INFO {
	ULONG Size;
	PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER IdentificationDescription;
	PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER AddressDescription;
	WDF_CHILD_LIST_RETRIEVE_DEVICE_STATUS Status;
	PVOID EvtChildListIdentificationDescriptionCompare;
} WDF_CHILD_RETRIEVE_INFO;
typedef struct _WDF_WMI_PROVIDER_CONFIG {
	ULONG Size;
	GUID Guid;
	ULONG Flags;
	ULONG MinInstanceBufferSize;
	EVT_WDF_WMI_PROVIDER_FUNCTION_CONTROL *EvtWmiProviderFunctionControl;
} WDF_WMI_PROVIDER_CONFIG, *PWDF_WMI_PROVIDER_CONFIG;
typedef struct _WDF_WMI_INSTANCE_CONFIG {
	ULONG Size;
	WDFWMIPROVIDER Provider;
	PWDF_WMI_PROVIDER_CONFIG ProviderConfig;
	BOOLEAN UseContextForQuery, Register;
	EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE *EvtWmiInstanceQueryInstance;
	EVT_WDF_WMI_INSTANCE_SET_INSTANCE *EvtWmiInstanceSetInstance;
	EVT_WDF_WMI_INSTANCE_SET_ITEM *EvtWmiInstanceSetItem;
	EVT_WDF_WMI_INSTANCE_EXECUTE_METHOD *EvtWmiInstanceExecuteMethod;
} WDF_WMI_INSTANCE_CONFIG, *PWDF_WMI_INSTANCE_CONFIG;
typedef struct _WDF_PDO_EVENT_CALLBACKS {
	ULONG Size;
	PVOID EvtDeviceResourcesQuery, EvtDeviceResourceRequirementsQuery, EvtDeviceEject, EvtDeviceSetLock;
	EVT_WDF_DEVICE_ENABLE_WAKE_AT_BUS *EvtDeviceEnableWakeAtBus;
	EVT_WDF_DEVICE_DISABLE_WAKE_AT_BUS *EvtDeviceDisableWakeAtBus;
	PVOID EvtDeviceReportedMissing;
} WDF_PDO_EVENT_CALLBACKS;
typedef struct _WDF_DRIVER_VERSION_AVAILABLE_PARAMS {
	ULONG Size, MajorVersion, MinorVersion;
} WDF_DRIVER_VERSION_AVAILABLE_PARAMS;
typedef struct _WDF_DEVICE_INTERFACE_PROPERTY_DATA {
	ULONG Size;
	const GUID *InterfaceClassGUID;
	PCUNICODE_STRING ReferenceString;
	const DEVPROPKEY *PropertyKey;
	LCID Lcid;
	ULONG Flags;
} WDF_DEVICE_INTERFACE_PROPERTY_DATA;
typedef struct _WDF_DEVICE_PROPERTY_DATA {
	ULONG Size;
	const DEVPROPKEY *PropertyKey;
	LCID Lcid;
	ULONG Flags;
} WDF_DEVICE_PROPERTY_DATA;
typedef struct _WDF_TASK_SEND_OPTIONS {
	ULONG Size;
} WDF_TASK_SEND_OPTIONS;
VOID WdfDeviceInterfaceReferenceNoOp(PVOID);
VOID WdfDeviceInterfaceDereferenceNoOp(PVOID);
#ifndef __cplusplus
/* --- functions --- */
PVOID WdfMemoryGetBuffer();
PDEVICE_OBJECT WdfDeviceWdmGetDeviceObject(), WdfDeviceWdmGetPhysicalDevice(), WdfDeviceWdmGetAttachedDevice(),
	WdfIoTargetWdmGetTargetPhysicalDevice(), WdfIoTargetWdmGetTargetDeviceObject();
PDRIVER_OBJECT WdfDriverWdmGetDriverObject();
PIRP WdfRequestWdmGetIrp();
PFILE_OBJECT WdfFileObjectWdmGetFileObject(), WdfIoTargetWdmGetTargetFileObject();
HANDLE WdfIoTargetWdmGetTargetFileHandle();
WDFDEVICE WdfIoQueueGetDevice(), WdfFileObjectGetDevice(), WdfInterruptGetDevice(), WdfWmiInstanceGetDevice(),
	WdfIoTargetGetDevice(), WdfPdoGetParent(), WdfChildListGetDevice(), WdfWdmDeviceGetWdfDeviceHandle(),
	WdfDmaTransactionGetDevice(), WdfFdoRetrieveNextStaticChild();
WDFQUEUE WdfDeviceGetDefaultQueue(), WdfRequestGetIoQueue();
WDFIOTARGET WdfDeviceGetIoTarget(), WdfUsbTargetPipeGetIoTarget(), WdfUsbTargetDeviceGetIoTarget();
WDFDRIVER WdfGetDriver(), WdfDeviceGetDriver();
WDFFILEOBJECT WdfRequestGetFileObject();
WDFREQUEST WdfDmaTransactionGetRequest();
WDFOBJECT WdfTimerGetParentObject(), WdfWorkItemGetParentObject(), WdfDpcGetParentObject(), WdfCollectionGetItem(),
	WdfCollectionGetFirstItem(), WdfCollectionGetLastItem(), WdfObjectContextGetObject();
WDFCHILDLIST WdfFdoGetDefaultChildList();
WDFUSBPIPE WdfUsbInterfaceGetConfiguredPipe();
WDFUSBINTERFACE WdfUsbTargetDeviceGetInterface();
PCM_PARTIAL_RESOURCE_DESCRIPTOR WdfCmResourceListGetDescriptor();
PVOID WdfCommonBufferGetAlignedVirtualAddress();
PHYSICAL_ADDRESS WdfCommonBufferGetAlignedLogicalAddress();
PWDFDEVICE_INIT WdfControlDeviceInitAllocate(), WdfPdoInitAllocate();
PUNICODE_STRING WdfFileObjectGetFileName();
PWSTR WdfDriverGetRegistryPath();
ULONG_PTR WdfRequestGetInformation();
size_t WdfDmaTransactionGetBytesTransferred();
NTSTATUS WdfDriverCreate(), WdfDeviceCreate(), WdfIoQueueCreate(), WdfRequestCreate(), WdfMemoryCreate(),
	WdfMemoryCreatePreallocated(), WdfSpinLockCreate(), WdfWaitLockCreate(), WdfWaitLockAcquire(), WdfTimerCreate(),
	WdfWorkItemCreate(), WdfInterruptCreate(), WdfDeviceCreateDeviceInterface(), WdfDeviceCreateSymbolicLink(),
	WdfRequestRetrieveInputBuffer(), WdfRequestRetrieveOutputBuffer(), WdfRequestRetrieveInputMemory(),
	WdfRequestRetrieveOutputMemory(), WdfRequestRetrieveInputWdmMdl(), WdfRequestRetrieveOutputWdmMdl(),
	WdfRequestUnmarkCancelable(), WdfRequestMarkCancelableEx(), WdfRequestForwardToIoQueue(),
	WdfIoQueueRetrieveNextRequest(), WdfRequestGetStatus(), WdfIoTargetStart();
BOOLEAN WdfRequestSend(), WdfTimerStop(), WdfTimerStart(), WdfInterruptSynchronize(), WdfInterruptQueueDpcForIsr();
KPROCESSOR_MODE WdfRequestGetRequestorMode();
VOID WdfSpinLockAcquire(WDFSPINLOCK), WdfSpinLockRelease(WDFSPINLOCK), WdfWaitLockRelease(WDFWAITLOCK),
	WdfInterruptAcquireLock(WDFINTERRUPT), WdfInterruptReleaseLock(WDFINTERRUPT),
	WdfRequestComplete(WDFREQUEST, NTSTATUS), WdfRequestCompleteWithInformation(WDFREQUEST, NTSTATUS, ULONG_PTR),
	WdfRequestMarkCancelable(), WdfObjectDelete(), WdfWorkItemEnqueue(WDFWORKITEM), WdfVerifierDbgBreakPoint(VOID);
#endif
#ifdef __cplusplus
}
#endif
#endif
