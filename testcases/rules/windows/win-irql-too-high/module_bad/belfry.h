#pragma once
#include <ntddk.h>

typedef struct _BELFRY {
	KSPIN_LOCK Lock;
	UNICODE_STRING Link;
	ULONG Count;
} BELFRY, *PBELFRY;

VOID BelfryStep(PBELFRY Belfry);
