/* Network buffers and lists of them, which are of use without ndis.h too. From
 * the use of the documented API; layouts are not those of NDIS. Read by ndis.h,
 * wsk.h and the headers of the filtering platform. */
#ifndef SO2CHECK_NET_BUFFER_H
#define SO2CHECK_NET_BUFFER_H
#include <wdm.h>

#ifdef __cplusplus
extern "C" {
#endif
/* As in ndis.h, which may follow. */
typedef PVOID NDIS_HANDLE, *PNDIS_HANDLE;
typedef int NDIS_STATUS, *PNDIS_STATUS;
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
#ifdef __cplusplus
}
#endif
#endif
