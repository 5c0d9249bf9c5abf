/* Storport as it is today: locks, roles, extended request blocks. Written from
 * the use of the documented API; layouts are not those of storport. Read by
 * storport.h. */
#ifndef SO2CHECK_STORPORT
#define SO2CHECK_STORPORT
#include <scsi.h>
#ifdef __cplusplus
extern "C" {
#endif
typedef enum _STOR_SPINLOCK { DpcLock = 1, StartIoLock, InterruptLock, ThreadedDpcLock, DpcLevelLock } STOR_SPINLOCK;
typedef struct _STOR_LOCK_HANDLE {
	STOR_SPINLOCK Lock;
	struct {
		struct {
			PVOID Next;
			PVOID Lock;
		} LockQueue;
		UCHAR OldIrql;
	} Context;
} STOR_LOCK_HANDLE, *PSTOR_LOCK_HANDLE;
struct _STOR_DPC;
typedef VOID HW_DPC_ROUTINE(struct _STOR_DPC *, PVOID, PVOID, PVOID);
typedef HW_DPC_ROUTINE *PHW_DPC_ROUTINE;
typedef struct _STOR_DPC {
	KDPC Dpc;
	KSPIN_LOCK Lock;
} STOR_DPC, *PSTOR_DPC;
typedef enum { StorSynchronizeHalfDuplex, StorSynchronizeFullDuplex } STOR_SYNCHRONIZATION_MODEL;
typedef enum {
	InterruptSupportNone,
	InterruptSynchronizeAll,
	InterruptSynchronizePerMessage
} INTERRUPT_SYNCHRONIZATION_MODE;

typedef BOOLEAN HW_INITIALIZE(PVOID);
typedef BOOLEAN HW_INTERRUPT(PVOID);
typedef BOOLEAN HW_STARTIO(PVOID, PSCSI_REQUEST_BLOCK);
typedef BOOLEAN HW_BUILDIO(PVOID, PSCSI_REQUEST_BLOCK);
typedef ULONG HW_FIND_ADAPTER(PVOID, PVOID, PVOID, PCHAR, PPORT_CONFIGURATION_INFORMATION, PBOOLEAN);
typedef BOOLEAN HW_RESET_BUS(PVOID, ULONG);
typedef SCSI_ADAPTER_CONTROL_STATUS HW_ADAPTER_CONTROL(PVOID, SCSI_ADAPTER_CONTROL_TYPE, PVOID);
typedef VOID HW_TIMER(PVOID);
typedef VOID HW_TIMER_EX(PVOID, PVOID);
typedef BOOLEAN HW_PASSIVE_INITIALIZE_ROUTINE(PVOID);
typedef BOOLEAN STOR_SYNCHRONIZED_ACCESS(PVOID, PVOID);
typedef VOID HW_TRACING_ENABLED(PVOID, BOOLEAN);
typedef ULONG SCSI_UNIT_CONTROL_TYPE;
typedef ULONG SCSI_UNIT_CONTROL_STATUS;
typedef SCSI_UNIT_CONTROL_STATUS HW_UNIT_CONTROL(PVOID, SCSI_UNIT_CONTROL_TYPE, PVOID);
typedef BOOLEAN HW_MESSAGE_SIGNALED_INTERRUPT_ROUTINE(PVOID, ULONG);
typedef VOID HW_WORKITEM(PVOID, PVOID, PVOID);
typedef PHYSICAL_ADDRESS *PSTOR_PHYSICAL_ADDRESS;
typedef struct _STOR_ADDRESS {
	USHORT Type;
	USHORT Port;
	ULONG AddressLength;
	UCHAR AddressData[1];
} STOR_ADDRESS, *PSTOR_ADDRESS;
typedef struct _STOR_ADDR_BTL8 {
	USHORT Type;
	USHORT Port;
	ULONG AddressLength;
	UCHAR Path, Target, Lun, Reserved;
} STOR_ADDR_BTL8, *PSTOR_ADDR_BTL8;
typedef struct _STORAGE_REQUEST_BLOCK {
	USHORT Length;
	UCHAR Function;
	UCHAR SrbStatus;
	UCHAR ReservedUchar1[4];
	ULONG Signature, Version, SrbLength, SrbFunction, SrbFlags, ReservedUlong1, RequestTag;
	USHORT RequestPriority, RequestAttribute;
	ULONG TimeOutValue;
	ULONG SystemStatus;
	ULONG ReservedUlong2, ReservedUlong3;
	ULONG AddressOffset, NumSrbExData, DataTransferLength;
	PVOID DataBuffer, ZeroGuard1, OriginalRequest, ClassContext, PortContext, MiniportContext;
	struct _STORAGE_REQUEST_BLOCK *NextSrb;
	ULONG SrbExDataOffset[1];
} STORAGE_REQUEST_BLOCK, *PSTORAGE_REQUEST_BLOCK;
typedef struct _STORAGE_REQUEST_BLOCK_HEADER {
	USHORT Length;
	UCHAR Function;
	UCHAR SrbStatus;
} STORAGE_REQUEST_BLOCK_HEADER, *PSTORAGE_REQUEST_BLOCK_HEADER;
typedef struct _SRBEX_DATA {
	ULONG Type, Length;
	UCHAR Data[1];
} SRBEX_DATA, *PSRBEX_DATA;
typedef struct _SRBEX_DATA_SCSI_CDB16 {
	ULONG Type, Length;
	UCHAR ScsiStatus, SenseInfoBufferLength, CdbLength, Reserved;
	ULONG Reserved1;
	PVOID SenseInfoBuffer;
	UCHAR Cdb[16];
} SRBEX_DATA_SCSI_CDB16, *PSRBEX_DATA_SCSI_CDB16, SRBEX_DATA_SCSI_CDB32, *PSRBEX_DATA_SCSI_CDB32,
	SRBEX_DATA_SCSI_CDB_VAR, *PSRBEX_DATA_SCSI_CDB_VAR;
typedef struct _SRBEX_DATA_PNP {
	ULONG Type, Length;
	UCHAR PnPSubFunction;
	UCHAR Reserved[3];
	ULONG PnPAction;
	ULONG SrbPnPFlags;
} SRBEX_DATA_PNP, *PSRBEX_DATA_PNP;
enum {
	SrbExDataTypeUnknown,
	SrbExDataTypeBidirectional,
	SrbExDataTypeScsiCdb16 = 0x40,
	SrbExDataTypeScsiCdb32,
	SrbExDataTypeScsiCdbVar,
	SrbExDataTypePnP = 0x60
};
#define SRB_FUNCTION_STORAGE_REQUEST_BLOCK 0x28
#define STOR_ADDRESS_TYPE_BTL8 1
#define STOR_ADDR_BTL8_ADDRESS_LENGTH 4
#define STORAGE_REQUEST_BLOCK_VERSION_1 1
#define SRB_SIGNATURE 0x53524258
#define SRBEX_DATA_PNP_LENGTH 12
#define STOR_MAP_NO_BUFFERS 0
#define STOR_MAP_ALL_BUFFERS 1
#define STOR_MAP_NON_READ_WRITE_BUFFERS 2
#define STOR_MAP_ALL_BUFFERS_INCLUDING_READ_WRITE 3
#define STOR_STATUS_SUCCESS 0
#define STOR_STATUS_UNSUCCESSFUL 0xC1000001
#define STOR_STATUS_NOT_IMPLEMENTED 0xC1000002
#define STOR_STATUS_INSUFFICIENT_RESOURCES 0xC1000003
#define STOR_STATUS_BUFFER_TOO_SMALL 0xC1000004
#define STOR_STATUS_ACCESS_DENIED 0xC1000005
#define STOR_STATUS_INVALID_PARAMETER 0xC1000006
#define STOR_STATUS_INVALID_DEVICE_REQUEST 0xC1000007
#define STOR_STATUS_INVALID_IRQL 0xC1000008
#define STOR_STATUS_INVALID_DEVICE_STATE 0xC1000009
#define STOR_STATUS_INVALID_BUFFER_SIZE 0xC100000A
#define STOR_STATUS_UNSUPPORTED_VERSION 0xC100000B
#define STOR_STATUS_BUSY 0xC100000C
typedef struct _PERF_CONFIGURATION_DATA {
	ULONG Version, Size, Flags, ConcurrentChannels, FirstRedirectionMessageNumber, LastRedirectionMessageNumber,
		DeviceNode, Reserved;
	PVOID MessageTargets;
} PERF_CONFIGURATION_DATA, *PPERF_CONFIGURATION_DATA;
typedef struct _STORPORT_EXTENDED_FUNCTIONS *PSTORPORT_EXTENDED_FUNCTIONS;
#undef StorPortReadRegisterUchar
#undef StorPortReadRegisterUshort
#undef StorPortReadRegisterUlong
#undef StorPortReadPortUchar
#undef StorPortReadPortUshort
#undef StorPortReadPortUlong
#undef StorPortWriteRegisterUchar
#undef StorPortWriteRegisterUshort
#undef StorPortWriteRegisterUlong
#undef StorPortWritePortUchar
#undef StorPortWritePortUshort
#undef StorPortWritePortUlong
#undef StorPortReadRegisterUlong64
#undef StorPortWriteRegisterUlong64
#undef StorPortMoveMemory
#undef StorPortCopyMemory
#undef StorPortReadRegisterBufferUchar
#undef StorPortWriteRegisterBufferUchar
#ifndef __cplusplus
ULONG StorPortReadRegisterUchar(), StorPortReadRegisterUshort(), StorPortReadRegisterUlong(), StorPortReadPortUchar(),
	StorPortReadPortUshort(), StorPortReadPortUlong(), StorPortWriteRegisterUchar(), StorPortWriteRegisterUshort(),
	StorPortWriteRegisterUlong(), StorPortWritePortUchar(), StorPortWritePortUshort(), StorPortWritePortUlong(),
	StorPortReadRegisterUlong64(), StorPortWriteRegisterUlong64(), StorPortMoveMemory(), StorPortCopyMemory(),
	StorPortReadRegisterBufferUchar(), StorPortWriteRegisterBufferUchar();
VOID StorPortAcquireSpinLock(), StorPortReleaseSpinLock();
ULONG StorPortAllocatePool(), StorPortFreePool(), StorPortAcquireMSISpinLock(), StorPortReleaseMSISpinLock();
#endif
#ifdef __cplusplus
}
#endif
#endif
