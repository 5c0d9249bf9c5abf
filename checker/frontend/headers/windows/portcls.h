/* mingw-w64's takes types that its ksmedia.h lacks. */
#include "so2check_kernel.h"
#ifndef SO2CHECK_PROGRAM
#include <ntddk.h>

#include <ksmedia.h>
#ifndef SO2CHECK_PORTCLS_H
#define SO2CHECK_PORTCLS_H
/* Macros, for the sake of versions that have the types. */
typedef struct _SO2CHECK_KSRTAUDIO_HWLATENCY {
	ULONG FifoSize, ChipsetDelay, CodecDelay;
} SO2CHECK_KSRTAUDIO_HWLATENCY;
#define KSRTAUDIO_HWLATENCY SO2CHECK_KSRTAUDIO_HWLATENCY
typedef struct _SO2CHECK_KSRTAUDIO_HWREGISTER {
	PVOID Register;
	ULONG Width;
	ULONGLONG Numerator, Denominator;
	ULONG Accuracy;
} SO2CHECK_KSRTAUDIO_HWREGISTER;
#define KSRTAUDIO_HWREGISTER SO2CHECK_KSRTAUDIO_HWREGISTER
#endif
#endif
#include_next <portcls.h>
