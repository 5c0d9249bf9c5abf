/* The annotations of Windows drivers (SAL 2, driver and concurrency ones, and
 * the names of the older generation), made visible to libclang.
 *
 * Those that say something of locks, IRQLs, roles or results become annotate
 * attributes "name:argument"; the argument is the text as written, so
 * DISPATCH_LEVEL stays a name and what stands inside _When_ or _At_ stays
 * readable. (Hence no macro here passes an argument on: it would be expanded.)
 * All others, about buffers and pointers, become nothing.
 *
 * Force-included. The headers that define these names for the compiler at hand
 * are included first: their include guards then keep them from coming back. */
#ifndef SO2CHECK_SAL_H
#define SO2CHECK_SAL_H

#if __has_include(<_mingw.h>)
#include <_mingw.h>
/* mingw-w64 makes it `extern inline`, but drivers write `static __forceinline`. */
#undef __forceinline
#define __forceinline __inline__ __attribute__((__always_inline__))
#endif
#if __has_include(<sal.h>)
#include <sal.h>
#endif
#if __has_include(<specstrings.h>)
#include <specstrings.h>
#endif
#if __has_include(<concurrencysal.h>)
#include <concurrencysal.h>
#endif
#if __has_include(<driverspecs.h>)
#include <driverspecs.h>
#endif

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wmacro-redefined"

#define SO2CHECK_SAL(text) __attribute__((annotate(text)))

/* --- IRQL ------------------------------------------------------------------- */
#define _IRQL_requires_max_(level) SO2CHECK_SAL("irql_requires_max:" #level)
#define _IRQL_requires_min_(level) SO2CHECK_SAL("irql_requires_min:" #level)
#define _IRQL_requires_(level) SO2CHECK_SAL("irql_requires:" #level)
#define _IRQL_requires_same_ SO2CHECK_SAL("irql_requires_same")
#define _IRQL_raises_(level) SO2CHECK_SAL("irql_raises:" #level)
#define _IRQL_saves_ SO2CHECK_SAL("irql_saves")
#define _IRQL_restores_ SO2CHECK_SAL("irql_restores")
#define _IRQL_saves_global_(kind, place) SO2CHECK_SAL("irql_saves_global:" #kind "," #place)
#define _IRQL_restores_global_(kind, place) SO2CHECK_SAL("irql_restores_global:" #kind "," #place)
#define _IRQL_always_function_max_(level) SO2CHECK_SAL("irql_always_max:" #level)
#define _IRQL_always_function_min_(level) SO2CHECK_SAL("irql_always_min:" #level)
#define _IRQL_is_cancel_ SO2CHECK_SAL("irql_is_cancel")
#define _IRQL_uses_cancel_ SO2CHECK_SAL("irql_uses_cancel")
/* Stands among statements, where an attribute cannot. */
#define _IRQL_limited_to_(level)
#define __drv_maxIRQL(level) SO2CHECK_SAL("irql_requires_max:" #level)
#define __drv_minIRQL(level) SO2CHECK_SAL("irql_requires_min:" #level)
#define __drv_requiresIRQL(level) SO2CHECK_SAL("irql_requires:" #level)
#define __drv_sameIRQL _IRQL_requires_same_
#define __drv_raisesIRQL(level) SO2CHECK_SAL("irql_raises:" #level)
#define __drv_setsIRQL(level) SO2CHECK_SAL("irql_raises:" #level)
#define __drv_savesIRQL _IRQL_saves_
#define __drv_restoresIRQL _IRQL_restores_
#define __drv_savesIRQLGlobal(kind, place) SO2CHECK_SAL("irql_saves_global:" #kind "," #place)
#define __drv_restoresIRQLGlobal(kind, place) SO2CHECK_SAL("irql_restores_global:" #kind "," #place)
#define __drv_maxFunctionIRQL(level) SO2CHECK_SAL("irql_always_max:" #level)
#define __drv_minFunctionIRQL(level) SO2CHECK_SAL("irql_always_min:" #level)
#define __drv_useCancelIRQL _IRQL_uses_cancel_
#define __drv_isCancelIRQL _IRQL_is_cancel_

/* --- roles ------------------------------------------------------------------- */
#define _Function_class_(role) SO2CHECK_SAL("function_class:" #role)
#define _Called_from_function_class_(role) SO2CHECK_SAL("called_from_function_class:" #role)
#define _Dispatch_type_(major) SO2CHECK_SAL("dispatch_type:" #major)
#define __drv_functionClass(role) SO2CHECK_SAL("function_class:" #role)
#define __drv_dispatchType(major) SO2CHECK_SAL("dispatch_type:" #major)
#define __drv_dispatchType_other SO2CHECK_SAL("dispatch_type:other")

/* --- locks and critical regions ---------------------------------------------- */
#define _Acquires_lock_(lock) SO2CHECK_SAL("acquires_lock:" #lock)
#define _Acquires_exclusive_lock_(lock) SO2CHECK_SAL("acquires_exclusive_lock:" #lock)
#define _Acquires_shared_lock_(lock) SO2CHECK_SAL("acquires_shared_lock:" #lock)
#define _Acquires_nonreentrant_lock_(lock) SO2CHECK_SAL("acquires_nonreentrant_lock:" #lock)
#define _Releases_lock_(lock) SO2CHECK_SAL("releases_lock:" #lock)
#define _Releases_exclusive_lock_(lock) SO2CHECK_SAL("releases_exclusive_lock:" #lock)
#define _Releases_shared_lock_(lock) SO2CHECK_SAL("releases_shared_lock:" #lock)
#define _Releases_nonreentrant_lock_(lock) SO2CHECK_SAL("releases_nonreentrant_lock:" #lock)
#define _Requires_lock_held_(lock) SO2CHECK_SAL("requires_lock_held:" #lock)
#define _Requires_exclusive_lock_held_(lock) SO2CHECK_SAL("requires_exclusive_lock_held:" #lock)
#define _Requires_shared_lock_held_(lock) SO2CHECK_SAL("requires_shared_lock_held:" #lock)
#define _Requires_lock_not_held_(lock) SO2CHECK_SAL("requires_lock_not_held:" #lock)
#define _Requires_exclusive_lock_not_held_(lock) SO2CHECK_SAL("requires_exclusive_lock_not_held:" #lock)
#define _Requires_shared_lock_not_held_(lock) SO2CHECK_SAL("requires_shared_lock_not_held:" #lock)
#define _Requires_no_locks_held_ SO2CHECK_SAL("requires_no_locks_held")
#define _Post_same_lock_(one, other) SO2CHECK_SAL("same_lock:" #one "," #other)
#define _Guarded_by_(lock) SO2CHECK_SAL("guarded_by:" #lock)
#define _Write_guarded_by_(lock) SO2CHECK_SAL("write_guarded_by:" #lock)
#define _Interlocked_ SO2CHECK_SAL("interlocked")
#define __drv_acquiresExclusiveResource(kind) SO2CHECK_SAL("acquires_exclusive_lock:" #kind)
#define __drv_releasesExclusiveResource(kind) SO2CHECK_SAL("releases_exclusive_lock:" #kind)
#define __drv_acquiresExclusiveResourceGlobal(kind, place) SO2CHECK_SAL("acquires_exclusive_lock:" #kind "," #place)
#define __drv_releasesExclusiveResourceGlobal(kind, place) SO2CHECK_SAL("releases_exclusive_lock:" #kind "," #place)
#define __drv_acquiresCriticalRegion SO2CHECK_SAL("acquires_lock:_Global_critical_region_")
#define __drv_releasesCriticalRegion SO2CHECK_SAL("releases_lock:_Global_critical_region_")
#define __drv_mustHoldCriticalRegion SO2CHECK_SAL("requires_lock_held:_Global_critical_region_")
#define __drv_neverHoldCriticalRegion SO2CHECK_SAL("requires_lock_not_held:_Global_critical_region_")
#define __drv_acquiresCancelSpinLock SO2CHECK_SAL("acquires_lock:_Global_cancel_spin_lock_")
#define __drv_releasesCancelSpinLock SO2CHECK_SAL("releases_lock:_Global_cancel_spin_lock_")
#define __drv_mustHoldCancelSpinLock SO2CHECK_SAL("requires_lock_held:_Global_cancel_spin_lock_")
#define __drv_neverHoldCancelSpinLock SO2CHECK_SAL("requires_lock_not_held:_Global_cancel_spin_lock_")
#define __drv_mustHold(kind) SO2CHECK_SAL("requires_lock_held:" #kind)
#define __drv_neverHold(kind) SO2CHECK_SAL("requires_lock_not_held:" #kind)
#define __drv_interlocked _Interlocked_
#define _Kernel_acquires_resource_(kind) SO2CHECK_SAL("acquires_lock:" #kind)
#define _Kernel_releases_resource_(kind) SO2CHECK_SAL("releases_lock:" #kind)
#define _Kernel_requires_resource_held_(kind) SO2CHECK_SAL("requires_lock_held:" #kind)
#define _Kernel_requires_resource_not_held_(kind) SO2CHECK_SAL("requires_lock_not_held:" #kind)

/* --- results and conditions --------------------------------------------------- */
#define _Must_inspect_result_ SO2CHECK_SAL("must_check")
#define _Check_return_ SO2CHECK_SAL("must_check")
#define _Check_return_opt_
#define __checkReturn SO2CHECK_SAL("must_check")
#define __drv_mustInspectResult SO2CHECK_SAL("must_check")
#define _Success_(condition) SO2CHECK_SAL("success:" #condition)
#define _Return_type_success_(condition)
#define _When_(condition, ...) SO2CHECK_SAL("when:" #condition ":" #__VA_ARGS__)
#define _At_(target, ...) SO2CHECK_SAL("at:" #target ":" #__VA_ARGS__)
#define __drv_when(condition, ...) SO2CHECK_SAL("when:" #condition ":" #__VA_ARGS__)
#define __drv_at(target, ...) SO2CHECK_SAL("at:" #target ":" #__VA_ARGS__)
#define __drv_arg(target, ...) SO2CHECK_SAL("at:" #target ":" #__VA_ARGS__)
#define __drv_ret(...) SO2CHECK_SAL("at:return:" #__VA_ARGS__)
#define _Use_decl_annotations_

/* --- memory and floating point ------------------------------------------------- */
#define __drv_allocatesMem(kind) SO2CHECK_SAL("allocates_memory:" #kind)
#define __drv_freesMem(kind) SO2CHECK_SAL("frees_memory:" #kind)
#define __drv_aliasesMem SO2CHECK_SAL("keeps_memory")
#define _Kernel_float_saved_ SO2CHECK_SAL("float_saved")
#define _Kernel_float_restored_ SO2CHECK_SAL("float_restored")
#define _Kernel_float_used_ SO2CHECK_SAL("float_used")
#define __drv_floatSaved _Kernel_float_saved_
#define __drv_floatRestored _Kernel_float_restored_
#define __drv_floatUsed _Kernel_float_used_
#define _Kernel_clear_do_init_(answer) SO2CHECK_SAL("clears_do_init:" #answer)
#define __drv_clearDoInit SO2CHECK_SAL("clears_do_init:yes")

/* --- among statements: nothing that has to parse -------------------------------- */
#define _Analysis_assume_(...) ((void)0)
#define __analysis_assume(...) ((void)0)
#define __analysis_assert(...) ((void)0)
#define _Analysis_mode_(...)
#define __drv_Mode_impl(...)

#include "so2check_sal_silent.h"
#pragma clang diagnostic pop
#endif
