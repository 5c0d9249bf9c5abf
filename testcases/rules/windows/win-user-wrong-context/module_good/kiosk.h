#pragma once
#include <ntddk.h>

typedef struct _KIOSK {
	PIO_WORKITEM Item;
	KDPC Dpc;
	PVOID Picture;
	PVOID System;
	PVOID Tag;
	CHAR Screen[64];
} KIOSK, *PKIOSK;

IO_WORKITEM_ROUTINE KioskWorker;
