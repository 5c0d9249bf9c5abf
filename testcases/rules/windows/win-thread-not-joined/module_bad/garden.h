#pragma once
#include <ntddk.h>

typedef struct _GARDEN {
	KEVENT Wake;
	PVOID Thread;
	BOOLEAN Stop;
	ULONG Watered;
} GARDEN, *PGARDEN;

extern GARDEN Garden;

DRIVER_UNLOAD GardenUnload;
NTSTATUS GardenStart(PGARDEN Ext);
