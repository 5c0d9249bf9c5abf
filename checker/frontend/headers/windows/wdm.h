/* mingw-w64's wdm.h, completed: what it lacks is declared, and what it has as
 * macros becomes functions again, so that a call stays a call and bears the name
 * that was written. A newer version that has a name as a function is not
 * disturbed. Other headers are left as they are: Wine's declare functions, and
 * a real kit lacks nothing. Only names and types are declared: what the
 * functions do and at which IRQL is for the rule packs. */
#include_next <wdm.h>
#if defined(__MINGW64_VERSION_MAJOR) && !defined(SO2CHECK_WRAPPED_WDM)
#define SO2CHECK_WRAPPED_WDM

#include "so2check_sal.h"

/* Kernel sources in C may spell structured exception handling without
 * underscores. */
#if !defined(__cplusplus) && !defined(try)
#define try __try
#define except __except
#define finally __finally
#define leave __leave
#endif

#ifdef __cplusplus
extern "C" {
#endif

#include "so2check_base.h"

#include "so2check_ke.h"

#include "so2check_ex.h"

#include "so2check_mm.h"

#include "so2check_io.h"

#include "so2check_ob_ps_zw.h"

#include "so2check_po.h"

#include "so2check_rtl.h"

#ifdef __cplusplus
}
#endif
#endif
