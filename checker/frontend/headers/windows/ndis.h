/* mingw-w64's ndis.h is that of NDIS 5 with fragments of NDIS 6. It is read as
 * for an NDIS 5 miniport, with the enumeration renamed that <ntddndis.h> has
 * too; then comes the core of NDIS 6. */
#ifndef SO2CHECK_NDIS_H
#define SO2CHECK_NDIS_H
#include <ntddk.h>
#include <ntddndis.h>
#define _NDIS_REQUEST_TYPE so2check_NDIS_REQUEST_TYPE_
#define NDIS_REQUEST_TYPE so2check_NDIS_REQUEST_TYPE
#define PNDIS_REQUEST_TYPE so2check_PNDIS_REQUEST_TYPE
#define NdisRequestQueryInformation so2check_nr1
#define NdisRequestSetInformation so2check_nr2
#define NdisRequestQueryStatistics so2check_nr3
#define NdisRequestOpen so2check_nr4
#define NdisRequestClose so2check_nr5
#define NdisRequestSend so2check_nr6
#define NdisRequestTransferData so2check_nr7
#define NdisRequestReset so2check_nr8
#define NdisRequestGeneric1 so2check_nr9
#define NdisRequestGeneric2 so2check_nr10
#define NdisRequestGeneric3 so2check_nr11
#define NdisRequestGeneric4 so2check_nr12
#define NdisRequestMethod so2check_nr13
#define NdisMWanIndicateReceiveComplete(a) so2check_NdisMWanIndicateReceiveComplete(NDIS_HANDLE MiniportAdapterHandle)
#pragma push_macro("NDIS60_MINIPORT")
#undef NDIS60_MINIPORT
#pragma push_macro("NDIS61_MINIPORT")
#undef NDIS61_MINIPORT
#pragma push_macro("NDIS620_MINIPORT")
#undef NDIS620_MINIPORT
#pragma push_macro("NDIS630_MINIPORT")
#undef NDIS630_MINIPORT
#pragma push_macro("NDIS640_MINIPORT")
#undef NDIS640_MINIPORT
#pragma push_macro("NDIS650_MINIPORT")
#undef NDIS650_MINIPORT
#pragma push_macro("NDIS660_MINIPORT")
#undef NDIS660_MINIPORT
#pragma push_macro("NDIS680_MINIPORT")
#undef NDIS680_MINIPORT
#pragma push_macro("NDIS60")
#undef NDIS60
#pragma push_macro("NDIS61")
#undef NDIS61
#pragma push_macro("NDIS620")
#undef NDIS620
#pragma push_macro("NDIS630")
#undef NDIS630
#pragma push_macro("NDIS640")
#undef NDIS640
#pragma push_macro("NDIS650")
#undef NDIS650
#pragma push_macro("NDIS680")
#undef NDIS680
#pragma push_macro("NDIS_SUPPORT_NDIS6")
#undef NDIS_SUPPORT_NDIS6
#pragma push_macro("NDIS_SUPPORT_NDIS61")
#undef NDIS_SUPPORT_NDIS61
#pragma push_macro("NDIS_SUPPORT_NDIS620")
#undef NDIS_SUPPORT_NDIS620
#pragma push_macro("NDIS_MINIPORT_DRIVER")
#undef NDIS_MINIPORT_DRIVER
#pragma push_macro("NDIS_WDM")
#undef NDIS_WDM
#define NDIS_MINIPORT_DRIVER 1
#define NDIS51_MINIPORT 1
#define BINARY_COMPATIBLE 0
#define NDIS51 1
#undef NDIS50
#undef NDIS50_MINIPORT
#include_next <ndis.h>
#undef NDIS_SUPPORT_NDIS6
#undef NDIS_SUPPORT_NDIS61
#undef NDIS_SUPPORT_NDIS620
#undef NDIS_SUPPORT_60_COMPATIBLE_API
#undef NDIS_MINIPORT_MAJOR_VERSION
#undef NDIS_MINIPORT_MINOR_VERSION
#undef NDIS_MINIPORT_DRIVER
#pragma pop_macro("NDIS_WDM")
#pragma pop_macro("NDIS_MINIPORT_DRIVER")
#pragma pop_macro("NDIS_SUPPORT_NDIS620")
#pragma pop_macro("NDIS_SUPPORT_NDIS61")
#pragma pop_macro("NDIS_SUPPORT_NDIS6")
#pragma pop_macro("NDIS680")
#pragma pop_macro("NDIS650")
#pragma pop_macro("NDIS640")
#pragma pop_macro("NDIS630")
#pragma pop_macro("NDIS620")
#pragma pop_macro("NDIS61")
#pragma pop_macro("NDIS60")
#pragma pop_macro("NDIS680_MINIPORT")
#pragma pop_macro("NDIS660_MINIPORT")
#pragma pop_macro("NDIS650_MINIPORT")
#pragma pop_macro("NDIS640_MINIPORT")
#pragma pop_macro("NDIS630_MINIPORT")
#pragma pop_macro("NDIS620_MINIPORT")
#pragma pop_macro("NDIS61_MINIPORT")
#pragma pop_macro("NDIS60_MINIPORT")
#undef _NDIS_REQUEST_TYPE
#undef NDIS_REQUEST_TYPE
#undef PNDIS_REQUEST_TYPE
#undef NdisRequestQueryInformation
#undef NdisRequestSetInformation
#undef NdisRequestQueryStatistics
#undef NdisRequestOpen
#undef NdisRequestClose
#undef NdisRequestSend
#undef NdisRequestTransferData
#undef NdisRequestReset
#undef NdisRequestGeneric1
#undef NdisRequestGeneric2
#undef NdisRequestGeneric3
#undef NdisRequestGeneric4
#undef NdisRequestMethod
#undef NdisMWanIndicateReceiveComplete
#include "so2check_ndis6.h"
#endif
