/* mingw-w64's has two types only: its others are in winsock2.h, which no driver
 * can include. */
#include "so2check_kernel.h"
#include_next <ws2def.h>
#if !defined(SO2CHECK_PROGRAM) && defined(_WDMDDK_) && defined(__MINGW64_VERSION_MAJOR)
#include "so2check_ws2def.h"
#endif
