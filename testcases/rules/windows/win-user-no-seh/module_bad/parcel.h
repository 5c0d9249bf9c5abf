#pragma once
#include <ntddk.h>

typedef struct _PARCEL {
	ULONG Weight;
	CHAR Label[32];
} PARCEL, *PPARCEL;

VOID ParcelWeigh(PPARCEL Parcel, PULONG Weight);
