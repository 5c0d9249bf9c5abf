/* Names of the WDK that are neither functions nor of one subsystem. Read by
 * wdm.h only, as all so2check_*.h beside it are. */
#ifndef SO2CHECK_BASE_H
#define SO2CHECK_BASE_H

/* --- assertions: the condition is read, nothing else happens --- */
#undef ASSERT
#define ASSERT(condition) ((void)(condition))
#undef ASSERTMSG
#define ASSERTMSG(message, condition) ((void)(condition))
#undef RTL_SOFT_ASSERT
#define RTL_SOFT_ASSERT(condition) ((void)(condition))
#undef RTL_SOFT_ASSERTMSG
#define RTL_SOFT_ASSERTMSG(message, condition) ((void)(condition))
#undef NT_ASSERT
#define NT_ASSERT(condition) ((void)(condition))
#undef NT_ASSERTMSG
#define NT_ASSERTMSG(message, condition) ((void)(condition))
#undef NT_ASSERTMSGW
#define NT_ASSERTMSGW(message, condition) ((void)(condition))
#undef NT_FRE_ASSERT
#define NT_FRE_ASSERT(condition) ((void)(condition))
#undef NT_FRE_ASSERTMSG
#define NT_FRE_ASSERTMSG(message, condition) ((void)(condition))
#undef NT_VERIFY
#define NT_VERIFY(condition) ((condition) ? TRUE : FALSE)
#undef NT_VERIFYMSG
#define NT_VERIFYMSG(message, condition) ((condition) ? TRUE : FALSE)
#undef RTL_VERIFY
#define RTL_VERIFY(condition) ((condition) ? TRUE : FALSE)
#undef NT_ANALYSIS_ASSUME
#define NT_ANALYSIS_ASSUME(condition) ((void)0)
#ifndef NT_ASSERT_ASSUME
#define NT_ASSERT_ASSUME(condition) ((void)(condition))
#endif

/* --- code sections --- */
/* Drivers write it with and without a semicolon: a block takes both, and within
 * its own definition the name is the function's. */
#undef PAGED_CODE
VOID PAGED_CODE(VOID);
#define PAGED_CODE()          \
	{                     \
		PAGED_CODE(); \
	}
#undef PAGED_CODE_LOCKED
VOID PAGED_CODE_LOCKED(VOID);
#define PAGED_CODE_LOCKED()          \
	{                            \
		PAGED_CODE_LOCKED(); \
	}

/* --- types and constants --- */
typedef ULONG DWORD;
typedef UCHAR BYTE;
typedef USHORT WORD;
#ifndef EXTERN_C_START
#ifdef __cplusplus
#define EXTERN_C_START extern "C" {
#define EXTERN_C_END }
#else
#define EXTERN_C_START
#define EXTERN_C_END
#endif
#endif
#ifndef DECLSPEC_CACHEALIGN
#define DECLSPEC_CACHEALIGN
#endif
#ifndef LONGLONG_MAX
#define LONGLONG_MAX 9223372036854775807LL
#endif
#ifndef CmResourceTypeConnection
#define CmResourceTypeConnection 132
#endif
#ifndef RTL_QUERY_REGISTRY_TYPECHECK
#define RTL_QUERY_REGISTRY_TYPECHECK 0x00000100
#endif
#ifndef RTL_QUERY_REGISTRY_TYPECHECK_SHIFT
#define RTL_QUERY_REGISTRY_TYPECHECK_SHIFT 24
#endif

#endif
