/* As wdm.h, for what the kit's ntstrsafe.h adds to it. */
#include "so2check_kernel.h"
#include_next <ntstrsafe.h>
#if defined(__MINGW64_VERSION_MAJOR) && !defined(SO2CHECK_NTSTRSAFE_H)
#define SO2CHECK_NTSTRSAFE_H
#ifdef __cplusplus
extern "C" {
#endif

/* --- missing from mingw-w64 --- */
#ifndef NTSTRSAFE_UNICODE_STRING_MAX_CCH
#define NTSTRSAFE_UNICODE_STRING_MAX_CCH (0xffff / sizeof(WCHAR))
#endif
NTSTATUS RtlUnicodeStringInit(PUNICODE_STRING DestinationString, PCWSTR SourceString);
NTSTATUS RtlUnicodeStringInitEx(PUNICODE_STRING DestinationString, PCWSTR SourceString, ULONG Flags);
NTSTATUS RtlUnicodeStringValidate(PCUNICODE_STRING SourceString);
NTSTATUS RtlUnicodeStringCopy(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString);
NTSTATUS RtlUnicodeStringCat(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString);
NTSTATUS RtlUnicodeStringCopyString(PUNICODE_STRING DestinationString, PCWSTR SourceString);
NTSTATUS RtlUnicodeStringCatString(PUNICODE_STRING DestinationString, PCWSTR SourceString);
NTSTATUS RtlUnicodeStringPrintf(PUNICODE_STRING DestinationString, PCWSTR Format, ...);
NTSTATUS RtlUnicodeStringVPrintf(PUNICODE_STRING DestinationString, PCWSTR Format, va_list Arguments);
#ifdef __cplusplus
}
#endif
#endif
