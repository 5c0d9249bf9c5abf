/* Run-time library: memory and byte order. */
#ifndef SO2CHECK_RTL_H
#define SO2CHECK_RTL_H

/* --- macros that become functions --- */
#ifdef RtlCopyMemory
#undef RtlCopyMemory
VOID RtlCopyMemory(PVOID Destination, const VOID *Source, SIZE_T Length);
#endif
#ifdef RtlMoveMemory
#undef RtlMoveMemory
VOID RtlMoveMemory(PVOID Destination, const VOID *Source, SIZE_T Length);
#endif
#ifdef RtlFillMemory
#undef RtlFillMemory
VOID RtlFillMemory(PVOID Destination, SIZE_T Length, INT Fill);
#endif
#ifdef RtlZeroMemory
#undef RtlZeroMemory
VOID RtlZeroMemory(PVOID Destination, SIZE_T Length);
#endif
#ifdef RtlCopyBytes
#undef RtlCopyBytes
VOID RtlCopyBytes(PVOID Destination, const VOID *Source, SIZE_T Length);
#endif
#ifdef RtlFillBytes
#undef RtlFillBytes
VOID RtlFillBytes(PVOID Destination, SIZE_T Length, INT Fill);
#endif
#ifdef RtlZeroBytes
#undef RtlZeroBytes
VOID RtlZeroBytes(PVOID Destination, SIZE_T Length);
#endif
#ifdef RtlEqualMemory
#undef RtlEqualMemory
LOGICAL RtlEqualMemory(const VOID *Source1, const VOID *Source2, SIZE_T Length);
#endif
#ifdef RtlUshortByteSwap
#undef RtlUshortByteSwap
USHORT RtlUshortByteSwap(USHORT Source);
#endif
#ifdef RtlUlongByteSwap
#undef RtlUlongByteSwap
ULONG RtlUlongByteSwap(ULONG Source);
#endif
#ifdef RtlUlonglongByteSwap
#undef RtlUlonglongByteSwap
ULONGLONG RtlUlonglongByteSwap(ULONGLONG Source);
#endif
#ifdef RtlIsNtDdiVersionAvailable
#undef RtlIsNtDdiVersionAvailable
BOOLEAN RtlIsNtDdiVersionAvailable(ULONG Version);
#endif
#ifdef RtlIsServicePackVersionInstalled
#undef RtlIsServicePackVersionInstalled
BOOLEAN RtlIsServicePackVersionInstalled(ULONG Version);
#endif

/* --- missing from mingw-w64 --- */
VOID RtlMoveBytes(PVOID Destination, const VOID *Source, SIZE_T Length);
typedef NTSTATUS NTAPI RTL_QUERY_REGISTRY_ROUTINE(PWSTR ValueName, ULONG ValueType, PVOID ValueData, ULONG ValueLength,
						  PVOID Context, PVOID EntryContext);
volatile VOID *RtlCopyVolatileMemory(volatile VOID *Destination, const volatile VOID *Source, SIZE_T Length);
BOOLEAN RtlPrefixString(const STRING *String1, const STRING *String2, BOOLEAN CaseInSensitive);
BOOLEAN RtlSuffixUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2, BOOLEAN CaseInSensitive);

#endif
