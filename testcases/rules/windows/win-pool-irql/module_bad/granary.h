#pragma once
#include <ntddk.h>

typedef struct _GRANARY {
	KSPIN_LOCK Lock;
	PVOID Grain;
	ULONG Count;
} GRANARY, *PGRANARY;

VOID GranaryStep(PGRANARY Granary);
