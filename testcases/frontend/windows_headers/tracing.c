/* Event tracing without the build step that makes its headers. */
#include <ntddk.h>

#define WPP_CONTROL_GUIDS WPP_DEFINE_CONTROL_GUID(TestGuid, (1, 2, 3, 4, 5), WPP_DEFINE_BIT(FLAG_ALL))

#include "tracing.tmh"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD unload;

VOID unload(PDRIVER_OBJECT driver)
{
	WPP_CLEANUP(driver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
	WPP_INIT_TRACING(driver, path);
	DoTraceMessage(FLAG_ALL, "loaded with level %d", TRACE_LEVEL_INFORMATION);
	driver->DriverUnload = unload;
	return STATUS_SUCCESS;
}
