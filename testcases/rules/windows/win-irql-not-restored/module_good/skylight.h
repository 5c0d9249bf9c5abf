#pragma once
#include <ntddk.h>

typedef struct _SKYLIGHT {
	ULONG Angle;
	BOOLEAN Jammed;
} SKYLIGHT, *PSKYLIGHT;

KIRQL SkylightEnter(PSKYLIGHT Skylight);
VOID SkylightLeave(PSKYLIGHT Skylight, KIRQL Irql);
