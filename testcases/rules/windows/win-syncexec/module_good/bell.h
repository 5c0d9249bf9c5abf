#pragma once
#include <ntddk.h>

typedef struct _BELL {
	PKINTERRUPT Interrupt;
	ULONG Rings;
} BELL, *PBELL;

KSERVICE_ROUTINE BellIsr;
KSYNCHRONIZE_ROUTINE BellSilence;
KSYNCHRONIZE_ROUTINE BellReset;

VOID BellQuiet(PBELL Bell);
