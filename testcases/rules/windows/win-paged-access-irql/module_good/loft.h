#pragma once
#include <ntddk.h>

#define LOFT_TAG 'tfoL'

typedef struct _LOFT {
	KSPIN_LOCK Lock;
	ULONG Count;
} LOFT, *PLOFT;


PULONG LoftAllocate(SIZE_T Length);
