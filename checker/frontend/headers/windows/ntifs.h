/* As wdm.h, for what the kit's ntifs.h adds to ntddk.h. */
#include_next <ntifs.h>

#include <ntddk.h>

#if defined(__MINGW64_VERSION_MAJOR) && !defined(SO2CHECK_WRAPPED_NTIFS)
#define SO2CHECK_WRAPPED_NTIFS
#ifdef __cplusplus
extern "C" {
#endif

#include "so2check_ntifs.h"

#ifdef __cplusplus
}
#endif
#endif
