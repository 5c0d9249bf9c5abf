#pragma once
#include <ntddk.h>

typedef struct _SEXTANT {
	KSPIN_LOCK Lock;
	PKINTERRUPT Interrupt;
	double Angle;
	ULONG Count;
} SEXTANT, *PSEXTANT;

VOID SextantTurn(PSEXTANT Sextant);
