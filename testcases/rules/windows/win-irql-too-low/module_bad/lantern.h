#pragma once
#include <ntddk.h>

typedef struct _LANTERN {
	KSPIN_LOCK Lock;
	PDEVICE_OBJECT Device;
	PIO_WORKITEM Item;
	ULONG Lit;
} LANTERN, *PLANTERN;

VOID LanternTurn(PLANTERN Lantern);
