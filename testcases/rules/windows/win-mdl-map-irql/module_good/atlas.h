#pragma once
#include <ntddk.h>

typedef struct _ATLAS {
	KSPIN_LOCK Lock;
	PMDL Mdl;
	PVOID View;
	ULONG Count;
} ATLAS, *PATLAS;

VOID AtlasStep(PATLAS Atlas);
