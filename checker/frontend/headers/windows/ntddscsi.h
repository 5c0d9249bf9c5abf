/* The kernel's types first: see so2check_kernel.h. After initguid.h, mingw-w64's
 * defines its GUIDs each time it is read: once is enough. */
#include "so2check_kernel.h"
#if !defined(INITGUID) || !defined(SO2CHECK_NTDDSCSI_GUIDS)
#ifdef INITGUID
#define SO2CHECK_NTDDSCSI_GUIDS
#endif
#include_next <ntddscsi.h>
#endif
