/* File system minifilters: types, callback roles and functions. Written from the
 * use of the documented API; layouts are not those of the filter manager. */
#ifndef SO2CHECK_FLTKERNEL_H
#define SO2CHECK_FLTKERNEL_H
#define FLT_MGR_BASELINE (((OSVER(NTDDI_VERSION) == NTDDI_WIN2K)))
#define FLT_MGR_AFTER_XPSP2 1
#define FLT_MGR_LONGHORN 1
#define FLT_MGR_WIN7 1
#define FLT_MGR_WIN8 1
#define FLT_MGR_WINTHRESHOLD 1
#include "so2check_sal.h"
#include <ntifs.h>
#ifdef __cplusplus
extern "C" {
#endif
#define FLTAPI NTAPI
#define FLT_ASSERT(e) ((void)0)
#define FLT_ASSERTMSG(m, e) ((void)0)
#ifndef FlagOn
#define FlagOn(f, s) ((f) & (s))
#endif
#ifndef BooleanFlagOn
#define BooleanFlagOn(F, SF) ((BOOLEAN)(((F) & (SF)) != 0))
#endif
#ifndef SetFlag
#define SetFlag(f, s) ((f) |= (s))
#define ClearFlag(f, s) ((f) &= ~(s))
#endif
typedef struct _FLT_FILTER *PFLT_FILTER;
typedef struct _FLT_INSTANCE *PFLT_INSTANCE;
typedef struct _FLT_VOLUME *PFLT_VOLUME;
typedef struct _FLT_PORT *PFLT_PORT;
typedef struct _FLT_GENERIC_WORKITEM *PFLT_GENERIC_WORKITEM;
typedef struct _FLT_DEFERRED_IO_WORKITEM *PFLT_DEFERRED_IO_WORKITEM;
typedef PVOID PFLT_CONTEXT;
typedef ULONG FLT_CALLBACK_DATA_FLAGS, FLT_POST_OPERATION_FLAGS, FLT_INSTANCE_SETUP_FLAGS,
	FLT_INSTANCE_QUERY_TEARDOWN_FLAGS, FLT_INSTANCE_TEARDOWN_FLAGS, FLT_FILTER_UNLOAD_FLAGS, FLT_FILE_NAME_OPTIONS,
	FLT_NORMALIZE_NAME_FLAGS, FLT_OPERATION_REGISTRATION_FLAGS, FLT_CONTEXT_REGISTRATION_FLAGS,
	FLT_REGISTRATION_FLAGS, FLT_IO_OPERATION_FLAGS;
typedef USHORT FLT_CONTEXT_TYPE;
typedef ULONG FLT_SET_CONTEXT_OPERATION;
typedef ULONG FLT_FILESYSTEM_TYPE, *PFLT_FILESYSTEM_TYPE;
enum { FLT_SET_CONTEXT_REPLACE_IF_EXISTS, FLT_SET_CONTEXT_KEEP_IF_EXISTS };
enum {
	FLT_FSTYPE_UNKNOWN,
	FLT_FSTYPE_RAW,
	FLT_FSTYPE_NTFS,
	FLT_FSTYPE_FAT,
	FLT_FSTYPE_CDFS,
	FLT_FSTYPE_UDFS,
	FLT_FSTYPE_LANMAN,
	FLT_FSTYPE_WEBDAV,
	FLT_FSTYPE_RDPDR,
	FLT_FSTYPE_NFS,
	FLT_FSTYPE_MS_NETWARE,
	FLT_FSTYPE_NETWARE,
	FLT_FSTYPE_BSUDF,
	FLT_FSTYPE_MUP,
	FLT_FSTYPE_RSFX,
	FLT_FSTYPE_ROXIO_UDF1,
	FLT_FSTYPE_ROXIO_UDF2,
	FLT_FSTYPE_ROXIO_UDF3,
	FLT_FSTYPE_TACIT,
	FLT_FSTYPE_FS_REC,
	FLT_FSTYPE_INCD,
	FLT_FSTYPE_INCD_FAT,
	FLT_FSTYPE_EXFAT,
	FLT_FSTYPE_PSFS,
	FLT_FSTYPE_GPFS,
	FLT_FSTYPE_NPFS,
	FLT_FSTYPE_MSFS,
	FLT_FSTYPE_CSVFS,
	FLT_FSTYPE_REFS
};
typedef enum {
	FLT_PREOP_SUCCESS_WITH_CALLBACK,
	FLT_PREOP_SUCCESS_NO_CALLBACK,
	FLT_PREOP_PENDING,
	FLT_PREOP_DISALLOW_FASTIO,
	FLT_PREOP_COMPLETE,
	FLT_PREOP_SYNCHRONIZE,
	FLT_PREOP_DISALLOW_FSFILTER_IO
} FLT_PREOP_CALLBACK_STATUS;
typedef enum {
	FLT_POSTOP_FINISHED_PROCESSING,
	FLT_POSTOP_MORE_PROCESSING_REQUIRED,
	FLT_POSTOP_DISALLOW_FSFILTER_IO
} FLT_POSTOP_CALLBACK_STATUS;
#define FLT_VOLUME_CONTEXT 1
#define FLT_INSTANCE_CONTEXT 2
#define FLT_FILE_CONTEXT 4
#define FLT_STREAM_CONTEXT 8
#define FLT_STREAMHANDLE_CONTEXT 0x10
#define FLT_TRANSACTION_CONTEXT 0x20
#define FLT_SECTION_CONTEXT 0x40
#define FLT_CONTEXT_END 0xffff
#define FLT_ALL_CONTEXTS 0x7f
#define FLT_REGISTRATION_VERSION 0x0203
#define FLT_FILE_NAME_NORMALIZED 1
#define FLT_FILE_NAME_OPENED 2
#define FLT_FILE_NAME_SHORT 3
#define FLT_FILE_NAME_QUERY_DEFAULT 0x100
#define FLT_FILE_NAME_QUERY_CACHE_ONLY 0x200
#define FLT_FILE_NAME_QUERY_FILESYSTEM_ONLY 0x300
#define FLT_FILE_NAME_QUERY_ALWAYS_ALLOW_CACHE_LOOKUP 0x400
#define FLT_FILE_NAME_REQUEST_FROM_CURRENT_PROVIDER 0x01000000
#define FLT_FILE_NAME_DO_NOT_CACHE 0x02000000
#define FLT_FILE_NAME_ALLOW_QUERY_ON_REPARSE 0x04000000
#define FLTFL_OPERATION_REGISTRATION_SKIP_PAGING_IO 1
#define FLTFL_OPERATION_REGISTRATION_SKIP_CACHED_IO 2
#define FLTFL_OPERATION_REGISTRATION_SKIP_NON_DASD_IO 4
#define FLTFL_POST_OPERATION_DRAINING 1
#define FLTFL_CALLBACK_DATA_IRP_OPERATION 1
#define FLTFL_CALLBACK_DATA_FAST_IO_OPERATION 2
#define FLTFL_CALLBACK_DATA_FS_FILTER_OPERATION 4
#define FLTFL_CALLBACK_DATA_SYSTEM_BUFFER 8
#define FLTFL_CALLBACK_DATA_GENERATED_IO 0x10000
#define FLTFL_CALLBACK_DATA_REISSUED_IO 0x20000
#define FLTFL_CALLBACK_DATA_POST_OPERATION 0x80000
#define FLTFL_NORMALIZE_NAME_CASE_SENSITIVE 1
#define FLTFL_NORMALIZE_NAME_DESTINATION_FILE_NAME 2
#define FLTFL_INSTANCE_SETUP_AUTOMATIC_ATTACHMENT 1
#define FLTFL_INSTANCE_SETUP_MANUAL_ATTACHMENT 2
#define FLTFL_INSTANCE_SETUP_NEWLY_MOUNTED_VOLUME 4
#define FLTFL_FILTER_UNLOAD_MANDATORY 1
#define FLTFL_INSTANCE_TEARDOWN_MANUAL 1
#define FLTFL_INSTANCE_TEARDOWN_FILTER_UNLOAD 2
#define FLTFL_INSTANCE_TEARDOWN_MANDATORY_FILTER_UNLOAD 4
#define FLTFL_INSTANCE_TEARDOWN_VOLUME_DISMOUNT 8
#define FLTFL_IO_OPERATION_DO_NOT_UPDATE_BYTE_OFFSET 4
#define FLT_PORT_CONNECT 1
#define FLT_PORT_ALL_ACCESS (FLT_PORT_CONNECT | STANDARD_RIGHTS_ALL)
#define IRP_MJ_OPERATION_END ((UCHAR)0x80)
#define IRP_MJ_VOLUME_MOUNT ((UCHAR)-18)
#define IRP_MJ_VOLUME_DISMOUNT ((UCHAR)-19)
#define IRP_MJ_ACQUIRE_FOR_SECTION_SYNCHRONIZATION ((UCHAR)-1)
#define IRP_MJ_RELEASE_FOR_SECTION_SYNCHRONIZATION ((UCHAR)-2)
#define IRP_MJ_ACQUIRE_FOR_MOD_WRITE ((UCHAR)-3)
#define IRP_MJ_RELEASE_FOR_MOD_WRITE ((UCHAR)-4)
#define IRP_MJ_ACQUIRE_FOR_CC_FLUSH ((UCHAR)-5)
#define IRP_MJ_RELEASE_FOR_CC_FLUSH ((UCHAR)-6)
#define IRP_MJ_QUERY_OPEN ((UCHAR)-7)
#define IRP_MJ_FAST_IO_CHECK_IF_POSSIBLE ((UCHAR)-13)
#define IRP_MJ_NETWORK_QUERY_OPEN ((UCHAR)-14)
#define IRP_MJ_MDL_READ ((UCHAR)-15)
#define IRP_MJ_MDL_READ_COMPLETE ((UCHAR)-16)
#define IRP_MJ_PREPARE_MDL_WRITE ((UCHAR)-17)
#define IRP_MJ_MDL_WRITE_COMPLETE ((UCHAR)-20)
#define VOL_PROP_FL_DAX_VOLUME 1
typedef union _FLT_PARAMETERS {
	struct {
		PIO_SECURITY_CONTEXT SecurityContext;
		ULONG Options;
		USHORT FileAttributes;
		USHORT ShareAccess;
		ULONG EaLength;
		PVOID EaBuffer;
		LARGE_INTEGER AllocationSize;
	} Create;
	struct {
		ULONG Length;
		ULONG Key;
		LARGE_INTEGER ByteOffset;
		PVOID ReadBuffer;
		PMDL MdlAddress;
	} Read;
	struct {
		ULONG Length;
		ULONG Key;
		LARGE_INTEGER ByteOffset;
		PVOID WriteBuffer;
		PMDL MdlAddress;
	} Write;
	struct {
		ULONG Length;
		FILE_INFORMATION_CLASS FileInformationClass;
		PVOID InfoBuffer;
	} QueryFileInformation;
	struct {
		ULONG Length;
		FILE_INFORMATION_CLASS FileInformationClass;
		PFILE_OBJECT ParentOfTarget;
		union {
			struct {
				BOOLEAN ReplaceIfExists;
				BOOLEAN AdvanceOnly;
			};
			ULONG ClusterCount;
			HANDLE DeleteHandle;
		};
		PVOID InfoBuffer;
	} SetFileInformation;
	union {
		struct {
			ULONG Length;
			PUNICODE_STRING FileName;
			FILE_INFORMATION_CLASS FileInformationClass;
			ULONG FileIndex;
			PVOID DirectoryBuffer;
			PMDL MdlAddress;
		} QueryDirectory;
		struct {
			ULONG Length;
			ULONG CompletionFilter;
			ULONG Spare1, Spare2;
			PVOID DirectoryBuffer;
			PMDL MdlAddress;
		} NotifyDirectory;
	} DirectoryControl;
	union {
		struct {
			PVPB Vpb;
			PDEVICE_OBJECT DeviceObject;
		} VerifyVolume;
		struct {
			ULONG OutputBufferLength, InputBufferLength, FsControlCode;
		} Common;
		struct {
			ULONG OutputBufferLength, InputBufferLength, FsControlCode;
			PVOID InputBuffer, OutputBuffer;
			PMDL OutputMdlAddress;
		} Neither;
		struct {
			ULONG OutputBufferLength, InputBufferLength, FsControlCode;
			PVOID SystemBuffer;
		} Buffered;
		struct {
			ULONG OutputBufferLength, InputBufferLength, FsControlCode;
			PVOID InputSystemBuffer, OutputBuffer;
			PMDL OutputMdlAddress;
		} Direct;
	} FileSystemControl;
	union {
		struct {
			ULONG OutputBufferLength, InputBufferLength, IoControlCode;
		} Common;
		struct {
			ULONG OutputBufferLength, InputBufferLength, IoControlCode;
			PVOID SystemBuffer;
		} Buffered;
		struct {
			ULONG OutputBufferLength, InputBufferLength, IoControlCode;
			PVOID InputBuffer, OutputBuffer;
			PMDL OutputMdlAddress;
		} Neither;
	} DeviceIoControl;
	struct {
		ULONG Length;
		FS_INFORMATION_CLASS FsInformationClass;
		PVOID VolumeBuffer;
	} QueryVolumeInformation, SetVolumeInformation;
	struct {
		ULONG Length;
		PVOID EaList;
		ULONG EaListLength, EaIndex;
		PVOID EaBuffer;
		PMDL MdlAddress;
	} QueryEa, SetEa;
	struct {
		PLARGE_INTEGER Length;
		ULONG Key;
		LARGE_INTEGER ByteOffset;
		PEPROCESS ProcessId;
		BOOLEAN FailImmediately, ExclusiveLock;
	} LockControl;
	struct {
		PVOID Irp;
		PFILE_NETWORK_OPEN_INFORMATION NetworkInformation;
	} NetworkQueryOpen;
	struct {
		ULONG PageProtection;
		int SyncType;
		PVOID OutputInformation;
	} AcquireForSectionSynchronization;
	struct {
		PLARGE_INTEGER EndingOffset;
		PERESOURCE *ResourceToRelease;
	} AcquireForModifiedPageWriter;
	struct {
		PVOID Argument1, Argument2, Argument3, Argument4, Argument5;
		LARGE_INTEGER Argument6;
	} Others;
} FLT_PARAMETERS, *PFLT_PARAMETERS;
typedef struct _FLT_IO_PARAMETER_BLOCK {
	ULONG IrpFlags;
	UCHAR MajorFunction, MinorFunction, OperationFlags, Reserved;
	PFILE_OBJECT TargetFileObject;
	PFLT_INSTANCE TargetInstance;
	FLT_PARAMETERS Parameters;
} FLT_IO_PARAMETER_BLOCK, *PFLT_IO_PARAMETER_BLOCK;
typedef struct _FLT_TAG_DATA_BUFFER {
	ULONG FileTag;
	USHORT TagDataLength, UnparsedNameLength;
	UCHAR DataBuffer[1];
} FLT_TAG_DATA_BUFFER, *PFLT_TAG_DATA_BUFFER;
typedef struct _FLT_CALLBACK_DATA {
	FLT_CALLBACK_DATA_FLAGS Flags;
	PETHREAD const Thread;
	PFLT_IO_PARAMETER_BLOCK const Iopb;
	IO_STATUS_BLOCK IoStatus;
	struct _FLT_TAG_DATA_BUFFER *TagData;
	union {
		struct {
			LIST_ENTRY QueueLinks;
			PVOID QueueContext[2];
		};
		PVOID FilterContext[4];
	};
	KPROCESSOR_MODE RequestorMode;
} FLT_CALLBACK_DATA, *PFLT_CALLBACK_DATA;
#define FLT_IS_IRP_OPERATION(d) ((d)->Flags & FLTFL_CALLBACK_DATA_IRP_OPERATION)
#define FLT_IS_FASTIO_OPERATION(d) ((d)->Flags & FLTFL_CALLBACK_DATA_FAST_IO_OPERATION)
#define FLT_IS_FS_FILTER_OPERATION(d) ((d)->Flags & FLTFL_CALLBACK_DATA_FS_FILTER_OPERATION)
#define FLT_IS_SYSTEM_BUFFER(d) ((d)->Flags & FLTFL_CALLBACK_DATA_SYSTEM_BUFFER)
typedef struct _FLT_RELATED_OBJECTS {
	USHORT const Size;
	USHORT const TransactionContext;
	PFLT_FILTER const Filter;
	PFLT_VOLUME const Volume;
	PFLT_INSTANCE const Instance;
	PFILE_OBJECT const FileObject;
	PVOID const Transaction;
} FLT_RELATED_OBJECTS, *PFLT_RELATED_OBJECTS;
typedef const FLT_RELATED_OBJECTS *PCFLT_RELATED_OBJECTS;
typedef struct _FLT_FILE_NAME_INFORMATION {
	USHORT Size, NamesParsed;
	FLT_FILE_NAME_OPTIONS Format;
	UNICODE_STRING Name, Volume, Share, Extension, Stream, FinalComponent, ParentDir;
} FLT_FILE_NAME_INFORMATION, *PFLT_FILE_NAME_INFORMATION;
typedef struct _FLT_NAME_CONTROL {
	UNICODE_STRING Name;
} FLT_NAME_CONTROL, *PFLT_NAME_CONTROL;
typedef struct _FLT_VOLUME_PROPERTIES {
	DEVICE_TYPE DeviceType;
	ULONG DeviceCharacteristics, DeviceObjectFlags, AlignmentRequirement;
	USHORT SectorSize, Flags;
	UNICODE_STRING FileSystemDriverName, FileSystemDeviceName, RealDeviceName;
} FLT_VOLUME_PROPERTIES, *PFLT_VOLUME_PROPERTIES;
typedef FLT_PREOP_CALLBACK_STATUS FLT_PRE_OPERATION(PFLT_CALLBACK_DATA, PCFLT_RELATED_OBJECTS, PVOID *);
typedef FLT_PRE_OPERATION *PFLT_PRE_OPERATION_CALLBACK;
typedef FLT_POSTOP_CALLBACK_STATUS FLT_POST_OPERATION(PFLT_CALLBACK_DATA, PCFLT_RELATED_OBJECTS, PVOID,
						      FLT_POST_OPERATION_FLAGS);
typedef FLT_POST_OPERATION *PFLT_POST_OPERATION_CALLBACK;
typedef NTSTATUS (*PFLT_INSTANCE_SETUP_CALLBACK)(PCFLT_RELATED_OBJECTS, FLT_INSTANCE_SETUP_FLAGS, DEVICE_TYPE,
						 FLT_FILESYSTEM_TYPE);
typedef NTSTATUS (*PFLT_INSTANCE_QUERY_TEARDOWN_CALLBACK)(PCFLT_RELATED_OBJECTS, ULONG);
typedef VOID (*PFLT_INSTANCE_TEARDOWN_CALLBACK)(PCFLT_RELATED_OBJECTS, ULONG);
typedef NTSTATUS (*PFLT_FILTER_UNLOAD_CALLBACK)(ULONG);
typedef VOID (*PFLT_CONTEXT_CLEANUP_CALLBACK)(PFLT_CONTEXT, FLT_CONTEXT_TYPE);
typedef PVOID (*PFLT_CONTEXT_ALLOCATE_CALLBACK)(POOL_TYPE, SIZE_T, FLT_CONTEXT_TYPE);
typedef VOID (*PFLT_CONTEXT_FREE_CALLBACK)(PVOID, FLT_CONTEXT_TYPE);
typedef VOID (*PFLT_GENERIC_WORKITEM_ROUTINE)(PFLT_GENERIC_WORKITEM, PVOID, PVOID);
typedef VOID (*PFLT_COMPLETED_ASYNC_IO_CALLBACK)(PFLT_CALLBACK_DATA, PFLT_CONTEXT);
typedef VOID (*PFLT_COMPLETE_CANCELED_CALLBACK)(PFLT_CALLBACK_DATA);
typedef NTSTATUS (*PFLT_CONNECT_NOTIFY)(PFLT_PORT, PVOID, PVOID, ULONG, PVOID *);
typedef VOID (*PFLT_DISCONNECT_NOTIFY)(PVOID);
typedef NTSTATUS (*PFLT_MESSAGE_NOTIFY)(PVOID, PVOID, ULONG, PVOID, ULONG, PULONG);
typedef NTSTATUS (*PFLT_TRANSACTION_NOTIFICATION_CALLBACK)(PCFLT_RELATED_OBJECTS, PFLT_CONTEXT, ULONG);
typedef NTSTATUS (*PFLT_GENERATE_FILE_NAME)();
typedef NTSTATUS (*PFLT_NORMALIZE_NAME_COMPONENT)();
typedef NTSTATUS (*PFLT_NORMALIZE_NAME_COMPONENT_EX)();
typedef VOID (*PFLT_NORMALIZE_CONTEXT_CLEANUP)();
typedef VOID (*PFLT_GET_OPERATION_STATUS_CALLBACK)(PCFLT_RELATED_OBJECTS, PFLT_IO_PARAMETER_BLOCK, NTSTATUS, PVOID);
typedef VOID (*PFLT_DEFERRED_IO_WORKITEM_ROUTINE)(PFLT_DEFERRED_IO_WORKITEM, PFLT_CALLBACK_DATA, PVOID);
typedef NTSTATUS (*PFLT_SECTION_CONFLICT_NOTIFICATION_CALLBACK)();
typedef struct _FLT_OPERATION_REGISTRATION {
	UCHAR MajorFunction;
	FLT_OPERATION_REGISTRATION_FLAGS Flags;
	PFLT_PRE_OPERATION_CALLBACK PreOperation;
	PFLT_POST_OPERATION_CALLBACK PostOperation;
	PVOID Reserved1;
} FLT_OPERATION_REGISTRATION, *PFLT_OPERATION_REGISTRATION;
typedef struct _FLT_CONTEXT_REGISTRATION {
	FLT_CONTEXT_TYPE ContextType;
	FLT_CONTEXT_REGISTRATION_FLAGS Flags;
	PFLT_CONTEXT_CLEANUP_CALLBACK ContextCleanupCallback;
	SIZE_T Size;
	ULONG PoolTag;
	PFLT_CONTEXT_ALLOCATE_CALLBACK ContextAllocateCallback;
	PFLT_CONTEXT_FREE_CALLBACK ContextFreeCallback;
	PVOID Reserved1;
} FLT_CONTEXT_REGISTRATION, *PFLT_CONTEXT_REGISTRATION;
typedef struct _FLT_REGISTRATION {
	USHORT Size, Version;
	FLT_REGISTRATION_FLAGS Flags;
	const FLT_CONTEXT_REGISTRATION *ContextRegistration;
	const FLT_OPERATION_REGISTRATION *OperationRegistration;
	PFLT_FILTER_UNLOAD_CALLBACK FilterUnloadCallback;
	PFLT_INSTANCE_SETUP_CALLBACK InstanceSetupCallback;
	PFLT_INSTANCE_QUERY_TEARDOWN_CALLBACK InstanceQueryTeardownCallback;
	PFLT_INSTANCE_TEARDOWN_CALLBACK InstanceTeardownStartCallback, InstanceTeardownCompleteCallback;
	PFLT_GENERATE_FILE_NAME GenerateFileNameCallback;
	PFLT_NORMALIZE_NAME_COMPONENT NormalizeNameComponentCallback;
	PFLT_NORMALIZE_CONTEXT_CLEANUP NormalizeContextCleanupCallback;
	PFLT_TRANSACTION_NOTIFICATION_CALLBACK TransactionNotificationCallback;
	PFLT_NORMALIZE_NAME_COMPONENT_EX NormalizeNameComponentExCallback;
	PVOID SectionNotificationCallback;
} FLT_REGISTRATION, *PFLT_REGISTRATION;
typedef struct _FLT_CALLBACK_DATA_QUEUE {
	PVOID Csq;
	ULONG Flags;
	PFLT_INSTANCE Instance;
	PVOID InsertIo, RemoveIo, PeekNextIo, Acquire, Release, CompleteCanceledIo;
} FLT_CALLBACK_DATA_QUEUE, *PFLT_CALLBACK_DATA_QUEUE;
typedef struct _FLT_CREATEFILE_TARGET {
	int x;
} FLT_CREATEFILE_TARGET;
#define FltEcp 1
#ifndef __cplusplus
NTSTATUS FltRegisterFilter(), FltStartFiltering(), FltGetFileNameInformation(), FltAllocateContext(),
	FltGetInstanceContext(), FltGetStreamContext(), FltGetStreamHandleContext(), FltGetFileContext(),
	FltGetVolumeContext(), FltGetTransactionContext(), FltSetInstanceContext(), FltSetStreamContext(),
	FltSetStreamHandleContext(), FltLockUserBuffer(), FltParseFileNameInformation(), FltCreateFile(),
	FltCreateFileEx2(), FltClose(), FltQueryInformationFile(), FltObjectReference(), FltAllocateCallbackData(),
	FltSendMessage(), FltQueueGenericWorkItem();
VOID FltUnregisterFilter(), FltReleaseContext(), FltReferenceContext(), FltReleaseFileNameInformation(),
	FltReferenceFileNameInformation(), FltObjectDereference(), FltFreeCallbackData(),
	FltCompletePendedPreOperation(), FltCompletePendedPostOperation(), FltSetCallbackDataDirty(),
	FltFreeGenericWorkItem(), FltCloseCommunicationPort(), FltCloseClientPort(), FltDeleteContext(),
	FltFreePoolAlignedWithTag(), FltFreeSecurityDescriptor();
PVOID FltAllocatePoolAlignedWithTag(), FltGetNewSystemBufferAddress(), FltGetRoutineAddress();
PFLT_GENERIC_WORKITEM FltAllocateGenericWorkItem();
BOOLEAN FltDoCompletionProcessingWhenSafe();
PFLT_CALLBACK_DATA FltCbdqRemoveNextIo();
#endif
#ifdef __cplusplus
}
#endif
#endif
