/* mingw-w64's takes a user-mode type. */
#include "so2check_kernel.h"
#ifndef SO2CHECK_PROGRAM
#include <ks.h>
#ifndef _TCHAR_DEFINED
#define _TCHAR_DEFINED
typedef WCHAR TCHAR, *PTCHAR;
#endif
#endif
#include_next <ksmedia.h>
