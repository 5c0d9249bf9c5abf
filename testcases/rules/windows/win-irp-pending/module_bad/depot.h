#pragma once
#include <ntddk.h>

typedef struct _DEPOT {
	PDEVICE_OBJECT Lower;
	LIST_ENTRY Queue;
	KSPIN_LOCK Lock;
	PIRP Current;
	ULONG Count;
} DEPOT, *PDEPOT;

VOID DepotQueue(PDEPOT Depot, PIRP Irp);
