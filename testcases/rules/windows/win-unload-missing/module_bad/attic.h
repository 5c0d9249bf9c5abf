#pragma once
#include <ntddk.h>

extern PDEVICE_OBJECT AtticDevice;

NTSTATUS AtticCreate(PDRIVER_OBJECT Driver);
VOID AtticRoutines(PDRIVER_OBJECT Driver);
