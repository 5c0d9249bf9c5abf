/* Parsing of HID reports for class drivers. mingw-w64 lacks the header. */
#ifndef SO2CHECK_HIDPDDI_H
#define SO2CHECK_HIDPDDI_H
#include <wdm.h>

#include <hidpi.h>

typedef struct _HIDP_COLLECTION_DESC {
	USAGE UsagePage, Usage;
	UCHAR CollectionNumber;
	UCHAR Reserved[15];
	USHORT InputLength, OutputLength, FeatureLength;
	USHORT PreparsedDataLength;
	PHIDP_PREPARSED_DATA PreparsedData;
} HIDP_COLLECTION_DESC, *PHIDP_COLLECTION_DESC;

typedef struct _HIDP_REPORT_IDS {
	UCHAR ReportID, CollectionNumber;
	USHORT InputLength, OutputLength, FeatureLength;
} HIDP_REPORT_IDS, *PHIDP_REPORT_IDS;

typedef struct _HIDP_DEVICE_DESC {
	PHIDP_COLLECTION_DESC CollectionDesc;
	ULONG CollectionDescLength;
	PHIDP_REPORT_IDS ReportIDs;
	ULONG ReportIDsLength;
} HIDP_DEVICE_DESC, *PHIDP_DEVICE_DESC;

NTSTATUS HidP_GetCollectionDescription(PHIDP_REPORT_DESCRIPTOR ReportDesc, ULONG DescLength, POOL_TYPE PoolType,
				       PHIDP_DEVICE_DESC DeviceDescription);
VOID HidP_FreeCollectionDescription(PHIDP_DEVICE_DESC DeviceDescription);

#endif
