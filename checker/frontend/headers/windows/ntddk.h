/* As wdm.h, for what the kit's ntddk.h adds to it. */
#if defined(__MINGW64_VERSION_MAJOR) && defined(RTL_USE_AVL_TABLES) && !defined(SO2CHECK_WRAPPED_NTDDK)
/* mingw-w64 then leaves the type out, but not the functions that take it. */
typedef struct _RTL_SPLAY_LINKS {
	struct _RTL_SPLAY_LINKS *Parent, *LeftChild, *RightChild;
} RTL_SPLAY_LINKS, *PRTL_SPLAY_LINKS;
#endif
#include_next <ntddk.h>

#include <wdm.h>

#if defined(__MINGW64_VERSION_MAJOR) && !defined(SO2CHECK_WRAPPED_NTDDK)
#define SO2CHECK_WRAPPED_NTDDK
#ifdef __cplusplus
extern "C" {
#endif

#include "so2check_ntddk.h"

#ifdef __cplusplus
}
#endif
#endif
