// begin_wpp config
// FUNC TraceEvents(LEVEL, FLAGS, MSG, ...);
// end_wpp
#include <NTDDK.h>
#include "inc\OWN.H"
#include "..\trace.tmh"
NTSTATUS DriverEntry(PDRIVER_OBJECT o, PUNICODE_STRING p) { return L'\0'; }
===
#ifndef OWN_H
#define OWN_H
#include <wdm.h>
#endif
