/* The core of NDIS 6: types, callback roles and functions. Written from the use
 * of the documented API; layouts are not those of NDIS. Read by ndis.h. */
#ifndef SO2CHECK_NDIS6
#define SO2CHECK_NDIS6
#ifdef __cplusplus
extern "C" {
#endif
typedef struct _NET_BUFFER {
	union {
		struct {
			struct _NET_BUFFER *Next;
			PMDL CurrentMdl;
			ULONG CurrentMdlOffset;
			union {
				ULONG DataLength;
				SIZE_T stDataLength;
			};
			PMDL MdlChain;
			ULONG DataOffset;
		};
		SLIST_HEADER Link;
	};
	USHORT ChecksumBias, Reserved;
	NDIS_HANDLE NdisPoolHandle;
	PVOID NdisReserved[2];
	PVOID ProtocolReserved[6];
	PVOID MiniportReserved[4];
	PHYSICAL_ADDRESS DataPhysicalAddress;
} NET_BUFFER, *PNET_BUFFER;
typedef struct _NET_BUFFER_LIST_CONTEXT {
	struct _NET_BUFFER_LIST_CONTEXT *Next;
	USHORT Size, Offset;
	UCHAR ContextData[1];
} NET_BUFFER_LIST_CONTEXT, *PNET_BUFFER_LIST_CONTEXT;
typedef struct _NET_BUFFER_LIST {
	union {
		struct {
			struct _NET_BUFFER_LIST *Next;
			PNET_BUFFER FirstNetBuffer;
		};
		SLIST_HEADER Link;
	};
	PNET_BUFFER_LIST_CONTEXT Context;
	struct _NET_BUFFER_LIST *ParentNetBufferList;
	NDIS_HANDLE NdisPoolHandle;
	PVOID NdisReserved[2];
	PVOID ProtocolReserved[4];
	PVOID MiniportReserved[2];
	PVOID Scratch;
	NDIS_HANDLE SourceHandle;
	ULONG NblFlags;
	LONG ChildRefCount;
	ULONG Flags;
	union {
		NDIS_STATUS Status;
		ULONG NdisReserved2;
	};
	PVOID NetBufferListInfo[32];
} NET_BUFFER_LIST, *PNET_BUFFER_LIST;
typedef enum {
	TcpIpChecksumNetBufferListInfo,
	IPsecOffloadV1NetBufferListInfo = 1,
	TcpLargeSendNetBufferListInfo,
	ClassificationHandleNetBufferListInfo,
	Ieee8021QNetBufferListInfo,
	NetBufferListCancelId,
	MediaSpecificInformation_,
	NetBufferListFrameType,
	NetBufferListProtocolId = 7,
	NetBufferListHashValue,
	NetBufferListHashInfo,
	WfpNetBufferListInfo,
	IPsecOffloadV2TunnelNetBufferListInfo,
	IPsecOffloadV2HeaderNetBufferListInfo,
	NetBufferListFilteringInfo,
	DriverIpsecNetBufferListInfo,
	SwitchForwardingReserved,
	VirtualSubnetInfo,
	TcpRecvSegCoalesceInfo,
	RscTcpTimestampDelta,
	GftOffloadInformation,
	GftFlowEntryId,
	UdpSegmentationOffloadInfo,
	MaxNetBufferListInfo
} NDIS_NET_BUFFER_LIST_INFO;
typedef union _NDIS_NET_BUFFER_LIST_8021Q_INFO {
	struct {
		ULONG UserPriority : 3, CanonicalFormatId : 1, VlanId : 12, Reserved : 16;
	} TagHeader;
	PVOID Value;
} NDIS_NET_BUFFER_LIST_8021Q_INFO, *PNDIS_NET_BUFFER_LIST_8021Q_INFO;
typedef union _NDIS_TCP_IP_CHECKSUM_NET_BUFFER_LIST_INFO {
	struct {
		ULONG IsIPv4 : 1, IsIPv6 : 1, TcpChecksum : 1, UdpChecksum : 1, IpHeaderChecksum : 1, Reserved : 11,
			TcpHeaderOffset : 10;
	} Transmit;
	struct {
		ULONG TcpChecksumFailed : 1, UdpChecksumFailed : 1, IpChecksumFailed : 1, TcpChecksumSucceeded : 1,
			UdpChecksumSucceeded : 1, IpChecksumSucceeded : 1, Loopback : 1, TcpChecksumValueInvalid : 1,
			IpChecksumValueInvalid : 1;
	} Receive;
	PVOID Value;
} NDIS_TCP_IP_CHECKSUM_NET_BUFFER_LIST_INFO, *PNDIS_TCP_IP_CHECKSUM_NET_BUFFER_LIST_INFO;
#define NET_BUFFER_NEXT_NB(b) ((b)->Next)
#define NET_BUFFER_FIRST_MDL(b) ((b)->MdlChain)
#define NET_BUFFER_DATA_LENGTH(b) ((b)->DataLength)
#define NET_BUFFER_DATA_OFFSET(b) ((b)->DataOffset)
#define NET_BUFFER_CURRENT_MDL(b) ((b)->CurrentMdl)
#define NET_BUFFER_CURRENT_MDL_OFFSET(b) ((b)->CurrentMdlOffset)
#define NET_BUFFER_PROTOCOL_RESERVED(b) ((b)->ProtocolReserved)
#define NET_BUFFER_MINIPORT_RESERVED(b) ((b)->MiniportReserved)
#define NET_BUFFER_CHECKSUM_BIAS(b) ((b)->ChecksumBias)
#define NET_BUFFER_LIST_NEXT_NBL(l) ((l)->Next)
#define NET_BUFFER_LIST_FIRST_NB(l) ((l)->FirstNetBuffer)
#define NET_BUFFER_LIST_FLAGS(l) ((l)->Flags)
#define NET_BUFFER_LIST_NBL_FLAGS(l) ((l)->NblFlags)
#define NET_BUFFER_LIST_PROTOCOL_RESERVED(l) ((l)->ProtocolReserved)
#define NET_BUFFER_LIST_MINIPORT_RESERVED(l) ((l)->MiniportReserved)
#define NET_BUFFER_LIST_CONTEXT_DATA_START(l) ((PUCHAR)((l)->Context + 1) + (l)->Context->Offset)
#define NET_BUFFER_LIST_CONTEXT_DATA_SIZE(l) ((l)->Context->Size)
#define NET_BUFFER_LIST_STATUS(l) ((l)->Status)
#define NET_BUFFER_LIST_INFO(l, i) ((l)->NetBufferListInfo[(i)])
#define NET_BUFFER_LIST_RECEIVE_QUEUE_ID(l) ((l)->NblFlags)
#define NDIS_TEST_SEND_FLAG(f, x) (((f) & (x)) != 0)
#define NDIS_TEST_SEND_AT_DISPATCH_LEVEL(f) ((f)&1)
#define NDIS_SEND_FLAGS_DISPATCH_LEVEL 1
#define NDIS_SEND_FLAGS_CHECK_FOR_LOOPBACK 2
#define NDIS_SEND_FLAGS_SWITCH_SINGLE_SOURCE 8
#define NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL 1
#define NDIS_SET_SEND_COMPLETE_FLAG(f, x) ((f) |= (x))
#define NDIS_SET_SEND_FLAG(f, x) ((f) |= (x))
#define NDIS_TEST_SEND_COMPLETE_AT_DISPATCH_LEVEL(f) ((f)&1)
#define NDIS_RETURN_FLAGS_DISPATCH_LEVEL 1
#define NDIS_SET_RETURN_FLAG(f, x) ((f) |= (x))
#define NDIS_TEST_RETURN_AT_DISPATCH_LEVEL(f) ((f)&1)
#define NDIS_RECEIVE_FLAGS_DISPATCH_LEVEL 1
#define NDIS_RECEIVE_FLAGS_RESOURCES 2
#define NDIS_RECEIVE_FLAGS_SINGLE_ETHER_TYPE 0x100
#define NDIS_RECEIVE_FLAGS_PERFECT_FILTERED 0x400
#define NDIS_TEST_RECEIVE_FLAG(f, x) (((f) & (x)) != 0)
#define NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(f) ((f)&1)
#define NDIS_TEST_RECEIVE_CANNOT_PEND(f) ((f)&2)
#define NDIS_TEST_RECEIVE_CAN_PEND(f) (((f)&2) == 0)
#define NDIS_SET_RECEIVE_FLAG(f, x) ((f) |= (x))
#define NDIS_CLEAR_RECEIVE_FLAG(f, x) ((f) &= ~(x))
#define NDIS_CURRENT_IRQL() KeGetCurrentIrql()
#define NDIS_RAISE_IRQL_TO_DISPATCH(p) KeRaiseIrql(DISPATCH_LEVEL, (p))
#define NDIS_LOWER_IRQL(o, c) KeLowerIrql(o)
#define NDIS_MDL_LINKAGE(m) ((m)->Next)
typedef enum {
	NdisHaltDeviceDisabled,
	NdisHaltDeviceInstanceDeInitialized,
	NdisHaltDevicePoweredDown,
	NdisHaltDeviceSurpriseRemoved,
	NdisHaltDeviceFailed,
	NdisHaltDeviceInitializationFailed,
	NdisHaltDeviceStopped
} NDIS_HALT_ACTION;
typedef enum { NdisShutdownPowerOff, NdisShutdownBugCheck } NDIS_SHUTDOWN_ACTION;
typedef struct _NDIS_OID_REQUEST {
	NDIS_OBJECT_HEADER Header;
	NDIS_REQUEST_TYPE RequestType;
	NDIS_PORT_NUMBER PortNumber;
	UINT Timeout;
	PVOID RequestId;
	NDIS_HANDLE RequestHandle;
	union {
		struct {
			NDIS_OID Oid;
			PVOID InformationBuffer;
			UINT InformationBufferLength, BytesWritten, BytesNeeded;
		} QUERY_INFORMATION;
		struct {
			NDIS_OID Oid;
			PVOID InformationBuffer;
			UINT InformationBufferLength, BytesRead, BytesNeeded;
		} SET_INFORMATION;
		struct {
			NDIS_OID Oid;
			PVOID InformationBuffer;
			ULONG InputBufferLength, OutputBufferLength, MethodId;
			UINT BytesWritten, BytesRead, BytesNeeded;
		} METHOD_INFORMATION;
	} DATA;
	UCHAR NdisReserved[128];
	UCHAR MiniportReserved[4 * sizeof(PVOID)];
	UCHAR SourceReserved[2 * sizeof(PVOID)];
	UCHAR SupportedRevision, Reserved1;
	USHORT Reserved2;
	ULONG SwitchId, VPortId, Flags;
} NDIS_OID_REQUEST, *PNDIS_OID_REQUEST;
typedef struct _NDIS_STATUS_INDICATION {
	NDIS_OBJECT_HEADER Header;
	NDIS_HANDLE SourceHandle;
	NDIS_PORT_NUMBER PortNumber;
	NDIS_STATUS StatusCode;
	ULONG Flags;
	NDIS_HANDLE DestinationHandle;
	PVOID RequestId;
	PVOID StatusBuffer;
	ULONG StatusBufferSize;
	GUID Guid;
	PVOID NdisReserved[4];
} NDIS_STATUS_INDICATION, *PNDIS_STATUS_INDICATION;
enum {
	NdisDevicePnPEventQueryRemoved,
	NdisDevicePnPEventRemoved,
	NdisDevicePnPEventQueryStopped = 3,
	NdisDevicePnPEventStopped,
	NdisDevicePnPEventFilterListChanged = 6
};
typedef struct _NET_DEVICE_PNP_EVENT {
	NDIS_OBJECT_HEADER Header;
	NDIS_PORT_NUMBER PortNumber;
	NDIS_DEVICE_PNP_EVENT DevicePnPEvent;
	PVOID InformationBuffer;
	ULONG InformationBufferLength;
	UCHAR NdisReserved[2 * sizeof(PVOID)];
} NET_DEVICE_PNP_EVENT, *PNET_DEVICE_PNP_EVENT;
typedef struct _NET_PNP_EVENT_NOTIFICATION {
	NDIS_OBJECT_HEADER Header;
	NDIS_PORT_NUMBER PortNumber;
	NET_PNP_EVENT NetPnPEvent;
	ULONG Flags;
} NET_PNP_EVENT_NOTIFICATION, *PNET_PNP_EVENT_NOTIFICATION;
typedef struct _NDIS_RESTART_ATTRIBUTES {
	struct _NDIS_RESTART_ATTRIBUTES *Next;
	NDIS_OID Oid;
	ULONG DataLength;
	UCHAR Data[1];
} NDIS_RESTART_ATTRIBUTES, *PNDIS_RESTART_ATTRIBUTES;
typedef struct _NDIS_MINIPORT_INIT_PARAMETERS {
	NDIS_OBJECT_HEADER Header;
	ULONG Flags;
	PNDIS_RESOURCE_LIST AllocatedResources;
	NDIS_HANDLE IMDeviceInstanceContext, MiniportAddDeviceContext;
	ULONG IfIndex;
	NET_LUID NetLuid;
	PVOID DefaultPortAuthStates;
	PVOID PciDeviceCustomProperties;
} NDIS_MINIPORT_INIT_PARAMETERS, *PNDIS_MINIPORT_INIT_PARAMETERS;
typedef struct _NDIS_MINIPORT_PAUSE_PARAMETERS {
	NDIS_OBJECT_HEADER Header;
	ULONG Flags, PauseReason;
} NDIS_MINIPORT_PAUSE_PARAMETERS, *PNDIS_MINIPORT_PAUSE_PARAMETERS, NDIS_FILTER_PAUSE_PARAMETERS,
	*PNDIS_FILTER_PAUSE_PARAMETERS, NDIS_PROTOCOL_PAUSE_PARAMETERS, *PNDIS_PROTOCOL_PAUSE_PARAMETERS;
typedef struct _NDIS_MINIPORT_RESTART_PARAMETERS {
	NDIS_OBJECT_HEADER Header;
	PNDIS_RESTART_ATTRIBUTES RestartAttributes;
	ULONG Flags;
	NET_LUID BoundIfNetluid;
	NDIS_MEDIUM MiniportMediaType;
	NDIS_PHYSICAL_MEDIUM MiniportPhysicalMediaType;
	ULONG LowerIfIndex;
	NET_LUID LowerIfNetLuid;
	PUNICODE_STRING FilterModuleGuidName;
	PUNICODE_STRING AdapterName, PhysicalDeviceName;
	ULONG BoundIfIndex;
} NDIS_MINIPORT_RESTART_PARAMETERS, *PNDIS_MINIPORT_RESTART_PARAMETERS, NDIS_FILTER_RESTART_PARAMETERS,
	*PNDIS_FILTER_RESTART_PARAMETERS, NDIS_PROTOCOL_RESTART_PARAMETERS, *PNDIS_PROTOCOL_RESTART_PARAMETERS;
typedef NDIS_STATUS MINIPORT_INITIALIZE(NDIS_HANDLE, NDIS_HANDLE, PNDIS_MINIPORT_INIT_PARAMETERS);
typedef VOID MINIPORT_HALT(NDIS_HANDLE, NDIS_HALT_ACTION);
typedef VOID MINIPORT_UNLOAD(PDRIVER_OBJECT);
typedef MINIPORT_UNLOAD MINIPORT_DRIVER_UNLOAD;
typedef NDIS_STATUS MINIPORT_PAUSE(NDIS_HANDLE, PNDIS_MINIPORT_PAUSE_PARAMETERS);
typedef NDIS_STATUS MINIPORT_RESTART(NDIS_HANDLE, PNDIS_MINIPORT_RESTART_PARAMETERS);
typedef NDIS_STATUS MINIPORT_OID_REQUEST(NDIS_HANDLE, PNDIS_OID_REQUEST);
typedef MINIPORT_OID_REQUEST MINIPORT_DIRECT_OID_REQUEST, MINIPORT_SYNCHRONOUS_OID_REQUEST;
typedef VOID MINIPORT_CANCEL_OID_REQUEST(NDIS_HANDLE, PVOID);
typedef MINIPORT_CANCEL_OID_REQUEST MINIPORT_CANCEL_DIRECT_OID_REQUEST, MINIPORT_CANCEL_SEND;
typedef VOID MINIPORT_SEND_NET_BUFFER_LISTS(NDIS_HANDLE, PNET_BUFFER_LIST, NDIS_PORT_NUMBER, ULONG);
typedef VOID MINIPORT_RETURN_NET_BUFFER_LISTS(NDIS_HANDLE, PNET_BUFFER_LIST, ULONG);
typedef BOOLEAN MINIPORT_CHECK_FOR_HANG(NDIS_HANDLE);
typedef NDIS_STATUS MINIPORT_RESET(NDIS_HANDLE, PBOOLEAN);
typedef VOID MINIPORT_DEVICE_PNP_EVENT_NOTIFY(NDIS_HANDLE, PNET_DEVICE_PNP_EVENT);
typedef VOID MINIPORT_SHUTDOWN(NDIS_HANDLE, NDIS_SHUTDOWN_ACTION);
typedef NDIS_STATUS MINIPORT_SET_OPTIONS(NDIS_HANDLE, NDIS_HANDLE);
typedef MINIPORT_SET_OPTIONS SET_OPTIONS, PROTOCOL_SET_OPTIONS, FILTER_SET_OPTIONS;
typedef BOOLEAN MINIPORT_ISR(NDIS_HANDLE, PBOOLEAN, PULONG);
typedef VOID MINIPORT_INTERRUPT_DPC(NDIS_HANDLE, PVOID, PVOID, PVOID);
typedef VOID MINIPORT_ENABLE_INTERRUPT(NDIS_HANDLE);
typedef MINIPORT_ENABLE_INTERRUPT MINIPORT_DISABLE_INTERRUPT;
typedef BOOLEAN MINIPORT_SYNCHRONIZE_INTERRUPT(NDIS_HANDLE);
typedef BOOLEAN MINIPORT_MESSAGE_INTERRUPT(NDIS_HANDLE, ULONG, PBOOLEAN, PULONG);
typedef VOID MINIPORT_MESSAGE_INTERRUPT_DPC(NDIS_HANDLE, ULONG, PVOID, PVOID, PVOID);
typedef VOID MINIPORT_PROCESS_SG_LIST(PDEVICE_OBJECT, PVOID, PSCATTER_GATHER_LIST, PVOID);
typedef VOID MINIPORT_ALLOCATE_SHARED_MEM_COMPLETE(NDIS_HANDLE, PVOID, PNDIS_PHYSICAL_ADDRESS, ULONG, PVOID);
typedef VOID NDIS_TIMER_FUNCTION(PVOID, PVOID, PVOID, PVOID);
typedef NDIS_TIMER_FUNCTION *PNDIS_TIMER_FUNCTION_EX;
typedef VOID NDIS_IO_WORKITEM_FUNCTION(PVOID, NDIS_HANDLE);
typedef NDIS_IO_WORKITEM_FUNCTION *NDIS_IO_WORKITEM_ROUTINE;
typedef NDIS_STATUS MINIPORT_ADD_DEVICE(NDIS_HANDLE, NDIS_HANDLE);
typedef VOID MINIPORT_REMOVE_DEVICE(NDIS_HANDLE);
typedef NDIS_STATUS MINIPORT_PNP_IRP(NDIS_HANDLE, PIRP);
typedef struct _NDIS_MINIPORT_DRIVER_CHARACTERISTICS {
	NDIS_OBJECT_HEADER Header;
	UCHAR MajorNdisVersion, MinorNdisVersion, MajorDriverVersion, MinorDriverVersion;
	ULONG Flags;
	MINIPORT_SET_OPTIONS *SetOptionsHandler;
	MINIPORT_INITIALIZE *InitializeHandlerEx;
	MINIPORT_HALT *HaltHandlerEx;
	MINIPORT_UNLOAD *UnloadHandler;
	MINIPORT_PAUSE *PauseHandler;
	MINIPORT_RESTART *RestartHandler;
	MINIPORT_OID_REQUEST *OidRequestHandler;
	MINIPORT_SEND_NET_BUFFER_LISTS *SendNetBufferListsHandler;
	MINIPORT_RETURN_NET_BUFFER_LISTS *ReturnNetBufferListsHandler;
	MINIPORT_CANCEL_SEND *CancelSendHandler;
	MINIPORT_CHECK_FOR_HANG *CheckForHangHandlerEx;
	MINIPORT_RESET *ResetHandlerEx;
	MINIPORT_DEVICE_PNP_EVENT_NOTIFY *DevicePnPEventNotifyHandler;
	MINIPORT_SHUTDOWN *ShutdownHandlerEx;
	MINIPORT_CANCEL_OID_REQUEST *CancelOidRequestHandler;
	MINIPORT_DIRECT_OID_REQUEST *DirectOidRequestHandler;
	MINIPORT_CANCEL_DIRECT_OID_REQUEST *CancelDirectOidRequestHandler;
	MINIPORT_SYNCHRONOUS_OID_REQUEST *SynchronousOidRequestHandler;
} NDIS_MINIPORT_DRIVER_CHARACTERISTICS, *PNDIS_MINIPORT_DRIVER_CHARACTERISTICS;
typedef struct _NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS {
	NDIS_OBJECT_HEADER Header;
	MINIPORT_ISR *InterruptHandler;
	MINIPORT_INTERRUPT_DPC *InterruptDpcHandler;
	MINIPORT_DISABLE_INTERRUPT *DisableInterruptHandler;
	MINIPORT_ENABLE_INTERRUPT *EnableInterruptHandler;
	BOOLEAN MsiSupported, MsiSyncWithAllMessages;
	MINIPORT_MESSAGE_INTERRUPT *MessageInterruptHandler;
	MINIPORT_MESSAGE_INTERRUPT_DPC *MessageInterruptDpcHandler;
	PVOID DisableMessageInterruptHandler, EnableMessageInterruptHandler;
	ULONG InterruptType;
	PVOID MessageInfoTable;
} NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS, *PNDIS_MINIPORT_INTERRUPT_CHARACTERISTICS;
typedef struct _NDIS_TIMER_CHARACTERISTICS {
	NDIS_OBJECT_HEADER Header;
	ULONG AllocationTag;
	NDIS_TIMER_FUNCTION *TimerFunction;
	PVOID FunctionContext;
} NDIS_TIMER_CHARACTERISTICS, *PNDIS_TIMER_CHARACTERISTICS;
typedef struct _NDIS_SG_DMA_DESCRIPTION {
	NDIS_OBJECT_HEADER Header;
	ULONG Flags, MaximumPhysicalMapping;
	MINIPORT_PROCESS_SG_LIST *ProcessSGListHandler;
	MINIPORT_ALLOCATE_SHARED_MEM_COMPLETE *SharedMemAllocateCompleteHandler;
	ULONG ScatterGatherListSize;
} NDIS_SG_DMA_DESCRIPTION;
typedef struct _NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES {
	NDIS_OBJECT_HEADER Header;
	NDIS_HANDLE MiniportAdapterContext;
	ULONG AttributeFlags;
	UINT CheckForHangTimeInSeconds;
	NDIS_INTERFACE_TYPE InterfaceType;
} NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
typedef struct _NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES {
	NDIS_OBJECT_HEADER Header;
	ULONG Flags;
	NDIS_MEDIUM MediaType;
	NDIS_PHYSICAL_MEDIUM PhysicalMediumType;
	ULONG MtuSize;
	ULONG64 MaxXmitLinkSpeed, XmitLinkSpeed, MaxRcvLinkSpeed, RcvLinkSpeed;
	int MediaConnectState, MediaDuplexState;
	ULONG LookaheadSize;
	PVOID PowerManagementCapabilities;
	ULONG MacOptions, SupportedPacketFilters, MaxMulticastListSize;
	USHORT MacAddressLength;
	UCHAR PermanentMacAddress[32], CurrentMacAddress[32];
	PVOID RecvScaleCapabilities;
	int AccessType, DirectionType, ConnectionType;
	int IfType;
	BOOLEAN IfConnectorPresent;
	ULONG SupportedStatistics, SupportedPauseFunctions, DataBackFillSize, ContextBackFillSize;
	NDIS_OID *SupportedOidList;
	ULONG SupportedOidListLength, AutoNegotiationFlags;
	PVOID PowerManagementCapabilitiesEx;
} NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
typedef union _NDIS_MINIPORT_ADAPTER_ATTRIBUTES {
	NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES RegistrationAttributes;
	NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES GeneralAttributes;
} NDIS_MINIPORT_ADAPTER_ATTRIBUTES, *PNDIS_MINIPORT_ADAPTER_ATTRIBUTES;
typedef struct _NDIS_RESTART_GENERAL_ATTRIBUTES {
	NDIS_OBJECT_HEADER Header;
	ULONG MtuSize;
	ULONG64 MaxXmitLinkSpeed, MaxRcvLinkSpeed;
	ULONG LookaheadSize, MacOptions, SupportedPacketFilters, MaxMulticastListSize;
	PVOID RecvScaleCapabilities;
	int AccessType;
	ULONG Flags, ConnectionType, SupportedStatistics, DataBackFillSize, ContextBackFillSize;
	NDIS_OID *SupportedOidList;
	ULONG SupportedOidListLength;
	ULONG MaxLookaheadSizeAccessed;
} NDIS_RESTART_GENERAL_ATTRIBUTES, *PNDIS_RESTART_GENERAL_ATTRIBUTES;
typedef struct _NET_BUFFER_LIST_POOL_PARAMETERS {
	NDIS_OBJECT_HEADER Header;
	UCHAR ProtocolId;
	BOOLEAN fAllocateNetBuffer;
	USHORT ContextSize;
	ULONG PoolTag, DataSize, Flags;
} NET_BUFFER_LIST_POOL_PARAMETERS;
typedef struct _NET_BUFFER_POOL_PARAMETERS {
	NDIS_OBJECT_HEADER Header;
	ULONG PoolTag, DataSize;
} NET_BUFFER_POOL_PARAMETERS;
typedef struct _NDIS_CONFIGURATION_OBJECT {
	NDIS_OBJECT_HEADER Header;
	NDIS_HANDLE NdisHandle;
	ULONG Flags;
} NDIS_CONFIGURATION_OBJECT;
typedef struct _NDIS_DEVICE_OBJECT_ATTRIBUTES {
	NDIS_OBJECT_HEADER Header;
	PNDIS_STRING DeviceName, SymbolicName;
	PDRIVER_DISPATCH *MajorFunctions;
	ULONG ExtensionSize;
	PCUNICODE_STRING DefaultSDDLString;
	LPCGUID DeviceClassGuid;
} NDIS_DEVICE_OBJECT_ATTRIBUTES;
typedef struct _NDIS_RW_LOCK_EX *PNDIS_RW_LOCK_EX;
typedef struct _LOCK_STATE_EX {
	KIRQL OldIrql;
	UCHAR LockState, Flags;
} LOCK_STATE_EX, *PLOCK_STATE_EX;
typedef struct _NDIS_SHARED_MEMORY_PARAMETERS {
	NDIS_OBJECT_HEADER Header;
	ULONG Flags, QueueId;
	NDIS_HANDLE SharedMemoryHandle;
	ULONG PreferredNode;
	int Usage;
	ULONG Length;
	PVOID VirtualAddress;
	ULONG SGListBufferLength;
	PVOID SGListBuffer;
} NDIS_SHARED_MEMORY_PARAMETERS;
/* filter and protocol drivers */
typedef struct _NDIS_FILTER_ATTACH_PARAMETERS {
	NDIS_OBJECT_HEADER Header;
	ULONG IfIndex;
	NET_LUID NetLuid;
	PNDIS_STRING FilterModuleGuidName;
	ULONG BaseMiniportIfIndex;
	PNDIS_STRING BaseMiniportInstanceName, BaseMiniportName;
	int MediaConnectState, MediaDuplexState;
	ULONG64 XmitLinkSpeed, RcvLinkSpeed;
	NDIS_MEDIUM MiniportMediaType;
	NDIS_PHYSICAL_MEDIUM MiniportPhysicalMediaType;
	NDIS_HANDLE MiniportMediaSpecificAttributes;
	PVOID DefaultOffloadConfiguration;
	USHORT MacAddressLength;
	UCHAR CurrentMacAddress[32];
	NET_LUID BaseMiniportNetLuid;
	ULONG LowerIfIndex;
	NET_LUID LowerIfNetLuid;
	ULONG Flags;
} NDIS_FILTER_ATTACH_PARAMETERS, *PNDIS_FILTER_ATTACH_PARAMETERS;
typedef struct _NDIS_FILTER_ATTRIBUTES {
	NDIS_OBJECT_HEADER Header;
	ULONG Flags;
} NDIS_FILTER_ATTRIBUTES, *PNDIS_FILTER_ATTRIBUTES;
typedef NDIS_STATUS FILTER_ATTACH(NDIS_HANDLE, NDIS_HANDLE, PNDIS_FILTER_ATTACH_PARAMETERS);
typedef VOID FILTER_DETACH(NDIS_HANDLE);
typedef NDIS_STATUS FILTER_RESTART(NDIS_HANDLE, PNDIS_FILTER_RESTART_PARAMETERS);
typedef NDIS_STATUS FILTER_PAUSE(NDIS_HANDLE, PNDIS_FILTER_PAUSE_PARAMETERS);
typedef NDIS_STATUS FILTER_OID_REQUEST(NDIS_HANDLE, PNDIS_OID_REQUEST);
typedef FILTER_OID_REQUEST FILTER_DIRECT_OID_REQUEST;
typedef VOID FILTER_CANCEL_OID_REQUEST(NDIS_HANDLE, PVOID);
typedef FILTER_CANCEL_OID_REQUEST FILTER_CANCEL_SEND_NET_BUFFER_LISTS, FILTER_CANCEL_DIRECT_OID_REQUEST;
typedef VOID FILTER_STATUS(NDIS_HANDLE, PNDIS_STATUS_INDICATION);
typedef VOID FILTER_DEVICE_PNP_EVENT_NOTIFY(NDIS_HANDLE, PNET_DEVICE_PNP_EVENT);
typedef NDIS_STATUS FILTER_NET_PNP_EVENT(NDIS_HANDLE, PNET_PNP_EVENT_NOTIFICATION);
typedef VOID FILTER_OID_REQUEST_COMPLETE(NDIS_HANDLE, PNDIS_OID_REQUEST, NDIS_STATUS);
typedef FILTER_OID_REQUEST_COMPLETE FILTER_DIRECT_OID_REQUEST_COMPLETE;
typedef VOID FILTER_SEND_NET_BUFFER_LISTS(NDIS_HANDLE, PNET_BUFFER_LIST, NDIS_PORT_NUMBER, ULONG);
typedef VOID FILTER_RETURN_NET_BUFFER_LISTS(NDIS_HANDLE, PNET_BUFFER_LIST, ULONG);
typedef FILTER_RETURN_NET_BUFFER_LISTS FILTER_SEND_NET_BUFFER_LISTS_COMPLETE;
typedef VOID FILTER_RECEIVE_NET_BUFFER_LISTS(NDIS_HANDLE, PNET_BUFFER_LIST, NDIS_PORT_NUMBER, ULONG, ULONG);
typedef NDIS_STATUS FILTER_SET_FILTER_MODULE_OPTIONS(NDIS_HANDLE);
typedef NDIS_STATUS FILTER_SYNCHRONOUS_OID_REQUEST(NDIS_HANDLE, PNDIS_OID_REQUEST, PVOID *);
typedef VOID FILTER_SYNCHRONOUS_OID_REQUEST_COMPLETE(NDIS_HANDLE, PNDIS_OID_REQUEST, NDIS_STATUS *, PVOID);
typedef struct _NDIS_FILTER_DRIVER_CHARACTERISTICS {
	NDIS_OBJECT_HEADER Header;
	UCHAR MajorNdisVersion, MinorNdisVersion, MajorDriverVersion, MinorDriverVersion;
	ULONG Flags;
	NDIS_STRING FriendlyName, UniqueName, ServiceName;
	SET_OPTIONS *SetOptionsHandler;
	FILTER_SET_FILTER_MODULE_OPTIONS *SetFilterModuleOptionsHandler;
	FILTER_ATTACH *AttachHandler;
	FILTER_DETACH *DetachHandler;
	FILTER_RESTART *RestartHandler;
	FILTER_PAUSE *PauseHandler;
	FILTER_SEND_NET_BUFFER_LISTS *SendNetBufferListsHandler;
	FILTER_SEND_NET_BUFFER_LISTS_COMPLETE *SendNetBufferListsCompleteHandler;
	FILTER_CANCEL_SEND_NET_BUFFER_LISTS *CancelSendNetBufferListsHandler;
	FILTER_RECEIVE_NET_BUFFER_LISTS *ReceiveNetBufferListsHandler;
	FILTER_RETURN_NET_BUFFER_LISTS *ReturnNetBufferListsHandler;
	FILTER_OID_REQUEST *OidRequestHandler;
	FILTER_OID_REQUEST_COMPLETE *OidRequestCompleteHandler;
	FILTER_CANCEL_OID_REQUEST *CancelOidRequestHandler;
	FILTER_DEVICE_PNP_EVENT_NOTIFY *DevicePnPEventNotifyHandler;
	FILTER_NET_PNP_EVENT *NetPnPEventHandler;
	FILTER_STATUS *StatusHandler;
	FILTER_DIRECT_OID_REQUEST *DirectOidRequestHandler;
	PVOID DirectOidRequestCompleteHandler, CancelDirectOidRequestHandler, SynchronousOidRequestHandler,
		SynchronousOidRequestCompleteHandler;
} NDIS_FILTER_DRIVER_CHARACTERISTICS;
typedef struct _NDIS_FILTER_PARTIAL_CHARACTERISTICS {
	NDIS_OBJECT_HEADER Header;
	ULONG Flags;
	PVOID SendNetBufferListsHandler, SendNetBufferListsCompleteHandler, CancelSendNetBufferListsHandler,
		ReceiveNetBufferListsHandler, ReturnNetBufferListsHandler;
} NDIS_FILTER_PARTIAL_CHARACTERISTICS;
typedef struct _NDIS_BIND_PARAMETERS {
	NDIS_OBJECT_HEADER Header;
	PNDIS_STRING ProtocolSection, AdapterName;
	PDEVICE_OBJECT PhysicalDeviceObject;
	NDIS_MEDIUM MediaType;
	ULONG MtuSize;
	ULONG64 MaxXmitLinkSpeed, XmitLinkSpeed, MaxRcvLinkSpeed, RcvLinkSpeed;
	int MediaConnectState, MediaDuplexState;
	ULONG LookaheadSize;
	PVOID PowerManagementCapabilities;
	ULONG SupportedPacketFilters, MaxMulticastListSize;
	USHORT MacAddressLength;
	UCHAR CurrentMacAddress[32];
	NDIS_PHYSICAL_MEDIUM PhysicalMediumType;
	PVOID RcvScaleCapabilities;
	NET_LUID BoundIfNetluid;
	ULONG BoundIfIndex;
	NET_LUID LowerIfNetluid;
	ULONG LowerIfIndex;
	int AccessType, DirectionType, ConnectionType;
	int IfType;
	BOOLEAN IfConnectorPresent;
	PNDIS_PORT ActivePorts;
	ULONG DataBackFillSize, ContextBackFillSize, MacOptions;
	NET_LUID CompartmentId_;
	PVOID DefaultOffloadConfiguration;
	PVOID TcpConnectionOffloadCapabilities;
	PNDIS_STRING BoundAdapterName;
	PVOID HDSplitCurrentConfig, ReceiveFilterCapabilities, PowerManagementCapabilitiesEx, NicSwitchCapabilities;
} NDIS_BIND_PARAMETERS, *PNDIS_BIND_PARAMETERS;
typedef NDIS_STATUS PROTOCOL_BIND_ADAPTER_EX(NDIS_HANDLE, NDIS_HANDLE, PNDIS_BIND_PARAMETERS);
typedef NDIS_STATUS PROTOCOL_UNBIND_ADAPTER_EX(NDIS_HANDLE, NDIS_HANDLE);
typedef VOID PROTOCOL_OPEN_ADAPTER_COMPLETE_EX(NDIS_HANDLE, NDIS_STATUS);
typedef VOID PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX(NDIS_HANDLE);
typedef NDIS_STATUS PROTOCOL_NET_PNP_EVENT(NDIS_HANDLE, PNET_PNP_EVENT_NOTIFICATION);
typedef VOID PROTOCOL_UNINSTALL(VOID);
typedef VOID PROTOCOL_OID_REQUEST_COMPLETE(NDIS_HANDLE, PNDIS_OID_REQUEST, NDIS_STATUS);
typedef VOID PROTOCOL_STATUS_EX(NDIS_HANDLE, PNDIS_STATUS_INDICATION);
typedef VOID PROTOCOL_RECEIVE_NET_BUFFER_LISTS(NDIS_HANDLE, PNET_BUFFER_LIST, NDIS_PORT_NUMBER, ULONG, ULONG);
typedef VOID PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE(NDIS_HANDLE, PNET_BUFFER_LIST, ULONG);
typedef struct _NDIS_PROTOCOL_DRIVER_CHARACTERISTICS {
	NDIS_OBJECT_HEADER Header;
	UCHAR MajorNdisVersion, MinorNdisVersion, MajorDriverVersion, MinorDriverVersion;
	ULONG Flags;
	NDIS_STRING Name;
	SET_OPTIONS *SetOptionsHandler;
	PROTOCOL_BIND_ADAPTER_EX *BindAdapterHandlerEx;
	PROTOCOL_UNBIND_ADAPTER_EX *UnbindAdapterHandlerEx;
	PROTOCOL_OPEN_ADAPTER_COMPLETE_EX *OpenAdapterCompleteHandlerEx;
	PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX *CloseAdapterCompleteHandlerEx;
	PROTOCOL_NET_PNP_EVENT *NetPnPEventHandler;
	PROTOCOL_UNINSTALL *UninstallHandler;
	PROTOCOL_OID_REQUEST_COMPLETE *OidRequestCompleteHandler;
	PROTOCOL_STATUS_EX *StatusHandlerEx;
	PROTOCOL_RECEIVE_NET_BUFFER_LISTS *ReceiveNetBufferListsHandler;
	PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE *SendNetBufferListsCompleteHandler;
	PVOID DirectOidRequestCompleteHandler;
} NDIS_PROTOCOL_DRIVER_CHARACTERISTICS;
typedef struct _NDIS_OPEN_PARAMETERS {
	NDIS_OBJECT_HEADER Header;
	PNDIS_STRING AdapterName;
	PNDIS_MEDIUM MediumArray;
	UINT MediumArraySize;
	PUINT SelectedMediumIndex;
	ULONG *FrameTypeArray_;
	PVOID FrameTypeArray;
	UINT FrameTypeArraySize;
	ULONG Flags;
} NDIS_OPEN_PARAMETERS;
#ifndef __cplusplus
VOID NdisMSendNetBufferListsComplete(), NdisMIndicateReceiveNetBufferLists(), NdisMIndicateStatusEx(),
	NdisFSendNetBufferLists(), NdisFIndicateReceiveNetBufferLists(), NdisFreeNetBufferList(),
	NdisFreeNetBufferListPool(), NdisFreeMdl(), NdisFreeIoWorkItem(), NdisQueueIoWorkItem(),
	NdisAcquireRWLockRead(), NdisAcquireRWLockWrite(), NdisReleaseRWLock(), NdisFreeRWLock(),
	NdisMDeregisterMiniportDriver(), NdisMDeregisterInterruptEx(), NdisMOidRequestComplete(),
	NdisFOidRequestComplete(), NdisFreeTimerObject(), NdisFreeCloneOidRequest(), NdisFIndicateStatus(),
	NdisAdvanceNetBufferDataStart();
PNET_BUFFER_LIST NdisAllocateNetBufferAndNetBufferList(), NdisAllocateNetBufferList(), NdisAllocateCloneNetBufferList(),
	NdisAllocateReassembledNetBufferList();
PNET_BUFFER NdisAllocateNetBuffer();
PMDL NdisAllocateMdl();
NDIS_HANDLE NdisAllocateNetBufferListPool(), NdisAllocateNetBufferPool(), NdisAllocateIoWorkItem(),
	NdisGetPoolFromNetBufferList();
PVOID NdisAllocateMemoryWithTagPriority(), NdisGetDataBuffer(), NdisGetDeviceReservedExtension();
PNDIS_RW_LOCK_EX NdisAllocateRWLock();
BOOLEAN NdisCancelTimerObject(), NdisSetTimerObject();
#endif
#define NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1 sizeof(NET_BUFFER_LIST_POOL_PARAMETERS)
#ifndef NDIS_STATUS_INDICATION_REVISION_1
#define NDIS_STATUS_INDICATION_REVISION_1 1
#endif
#ifndef NDIS_OID_REQUEST_REVISION_1
#define NDIS_OID_REQUEST_REVISION_1 1
#endif
#ifndef NDIS_CONFIGURATION_OBJECT_REVISION_1
#define NDIS_CONFIGURATION_OBJECT_REVISION_1 1
#endif
#ifndef NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1
#define NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1 1
#endif
#ifndef NDIS_STATUS_INVALID_PARAMETER
#define NDIS_STATUS_INVALID_PARAMETER ((NDIS_STATUS)STATUS_INVALID_PARAMETER)
#endif
#ifndef NDIS_STRING_CONST
#define NDIS_STRING_CONST(text)                                                  \
	{                                                                        \
		sizeof(L##text) - sizeof(WCHAR), sizeof(L##text), (PWSTR)L##text \
	}
#endif
#ifdef __cplusplus
}
#endif
#endif
