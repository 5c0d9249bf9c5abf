/* Sense data and capacities of scsi.h as it is today, which mingw-w64's lacks.
 * From usage; values of the operation states were not looked up. */
#ifndef SO2CHECK_SCSI_H
#define SO2CHECK_SCSI_H

/* --- sense data: the code of a format is its first byte in SPC --- */
#define SCSI_SENSE_ERRORCODE_FIXED_CURRENT 0x70
#define SCSI_SENSE_ERRORCODE_FIXED_DEFERRED 0x71
#define SCSI_SENSE_ERRORCODE_DESCRIPTOR_CURRENT 0x72
#define SCSI_SENSE_ERRORCODE_DESCRIPTOR_DEFERRED 0x73
#define SCSI_SENSE_DESCRIPTOR_TYPE_INFORMATION 0x00
#define SCSI_SENSE_DESCRIPTOR_TYPE_BLOCK_COMMAND 0x05
#define SCSI_SENSE_DESCRIPTOR_TYPE_ATA_STATUS_RETURN 0x09
#define SCSI_SENSE_OPTIONS_NONE 0
#define SCSI_SENSE_OPTIONS_FIXED_FORMAT_IF_UNKNOWN_FORMAT_INDICATED 1

typedef struct _DESCRIPTOR_SENSE_DATA {
	UCHAR ErrorCode : 7, Reserved1 : 1;
	UCHAR SenseKey : 4, Reserved2 : 4;
	UCHAR AdditionalSenseCode, AdditionalSenseCodeQualifier;
	UCHAR Reserved3[3];
	UCHAR AdditionalSenseLength;
	UCHAR DescriptorBuffer[1];
} DESCRIPTOR_SENSE_DATA, *PDESCRIPTOR_SENSE_DATA;

typedef union _SENSE_DATA_EX {
	SENSE_DATA FixedData;
	DESCRIPTOR_SENSE_DATA DescriptorData;
} SENSE_DATA_EX, *PSENSE_DATA_EX;
#define SENSE_BUFFER_SIZE_EX 252

typedef struct _SCSI_SENSE_DESCRIPTOR_HEADER {
	UCHAR DescriptorType, AdditionalLength;
} SCSI_SENSE_DESCRIPTOR_HEADER, *PSCSI_SENSE_DESCRIPTOR_HEADER;

typedef struct _SCSI_SENSE_DESCRIPTOR_ATA_STATUS_RETURN {
	SCSI_SENSE_DESCRIPTOR_HEADER Header;
	UCHAR Extend : 1, Reserved1 : 7;
	UCHAR Error;
	UCHAR SectorCount15_8, SectorCount7_0;
	UCHAR LbaLow15_8, LbaLow7_0, LbaMid15_8, LbaMid7_0, LbaHigh15_8, LbaHigh7_0;
	UCHAR Device, Status;
} SCSI_SENSE_DESCRIPTOR_ATA_STATUS_RETURN, *PSCSI_SENSE_DESCRIPTOR_ATA_STATUS_RETURN;

/* --- capacity and provisioning --- */
typedef struct _READ_CAPACITY16_DATA {
	LARGE_INTEGER LogicalBlockAddress;
	ULONG BytesPerBlock;
	UCHAR ProtectionEnable : 1, ProtectionType : 3, RcBasis : 2, Reserved : 2;
	UCHAR LogicalPerPhysicalExponent : 4, ProtectionInfoExponent : 4;
	UCHAR LowestAlignedBlock_MSB : 6, LBPRZ : 1, LBPME : 1;
	UCHAR LowestAlignedBlock_LSB;
	UCHAR Reserved3[16];
} READ_CAPACITY16_DATA, *PREAD_CAPACITY16_DATA;
#define PROVISIONING_TYPE_UNKNOWN 0
#define PROVISIONING_TYPE_RESOURCE 1
#define PROVISIONING_TYPE_THIN 2

/* --- state of an offloaded copy --- */
#define OPERATION_COMPLETED_WITH_SUCCESS 1
#define OPERATION_COMPLETED_WITH_ERROR 2
#define OPERATION_COMPLETED_WITH_RESIDUAL_DATA 3
#define OPERATION_TERMINATED 4

#endif
