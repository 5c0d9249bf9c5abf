#pragma once
#include <ntddk.h>

typedef struct _QUARRY {
	KSPIN_LOCK Lock;
	PMDL Mdl;
	ULONG Count;
} QUARRY, *PQUARRY;

VOID QuarryStep(PQUARRY Quarry);
