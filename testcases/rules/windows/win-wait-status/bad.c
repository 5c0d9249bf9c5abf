/* Timeouts and interruptions taken for answers. */
#include <ntddk.h>

typedef struct _BUOY {
	KEVENT Answer;
	ULONG Depth;
} BUOY, *PBUOY;

NTSTATUS BuoyAsk(PBUOY Buoy)
{
	LARGE_INTEGER timeout;
	NTSTATUS status;

	timeout.QuadPart = -10 * 1000 * 1000;
	status = KeWaitForSingleObject(&Buoy->Answer, Executive, KernelMode, FALSE, &timeout); /* note: win-wait-status "several results" */
	if (!NT_SUCCESS(status)) /* expect: win-wait-status "status" */
		return status;
	return Buoy->Depth ? STATUS_SUCCESS : STATUS_NO_DATA_DETECTED;
}

/* trap: win-wait-status endless-wait
 * Endless, but alertable. */
ULONG BuoyDepth(PBUOY Buoy)
{
	NTSTATUS status = KeWaitForSingleObject(&Buoy->Answer, UserRequest, KernelMode, TRUE, NULL);

	if (NT_SUCCESS(status)) /* expect: win-wait-status "status" */
		return Buoy->Depth;
	return 0;
}

/* For user mode. */
ULONG BuoyUser(PBUOY Buoy)
{
	if (NT_SUCCESS(KeWaitForSingleObject(&Buoy->Answer, UserRequest, UserMode, FALSE, NULL))) /* expect: win-wait-status "KeWaitForSingleObject" */
		return Buoy->Depth;
	return 0;
}

/* trap: win-wait-status mere-pause
 * The pause decides what happens next. */
VOID BuoyRest(PBUOY Buoy)
{
	LARGE_INTEGER pause = { .QuadPart = -1000 };
	NTSTATUS status = KeWaitForSingleObject(&Buoy->Answer, Executive, KernelMode, FALSE, &pause);

	if (status >= 0) /* expect: win-wait-status "status" */
		Buoy->Depth++;
}
