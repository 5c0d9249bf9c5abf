/* Accessors of both kinds of SCSI request blocks: those that return pointers. */
#ifndef SO2CHECK_SRBHELPER
#define SO2CHECK_SRBHELPER
#include <storport.h>
#ifndef __cplusplus
PVOID SrbGetDataBuffer(), SrbGetSenseInfoBuffer(), SrbGetOriginalRequest(), SrbGetClassContext(),
	SrbGetMiniportContext(), SrbGetNextSrb(), SrbGetSrbExDataByType(), SrbGetScsiData(), SrbGetAddress();
PCDB SrbGetCdb();
#endif
#endif
