#pragma once
#include <ntddk.h>

typedef struct _METRONOME {
	KTIMER Timer;
	KDPC Dpc;
	PDEVICE_OBJECT Device;
	ULONG Beats;
} METRONOME, *PMETRONOME;

extern METRONOME Metronome;

DRIVER_UNLOAD MetronomeUnload;
VOID MetronomeStart(PMETRONOME Metro);
