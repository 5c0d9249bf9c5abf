/* Results of waits, compared as far as needed. */
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
	status = KeWaitForSingleObject(&Buoy->Answer, Executive, KernelMode, FALSE, &timeout);
	if (status != STATUS_SUCCESS)
		return STATUS_IO_TIMEOUT;
	return Buoy->Depth ? STATUS_SUCCESS : STATUS_NO_DATA_DETECTED;
}

/* The timeout is looked at first. */
ULONG BuoyDepth(PBUOY Buoy, PLARGE_INTEGER Timeout)
{
	NTSTATUS status = KeWaitForSingleObject(&Buoy->Answer, Executive, KernelMode, FALSE, Timeout);

	if (status == STATUS_TIMEOUT)
		return 0;
	if (!NT_SUCCESS(status)) /* ok: win-wait-status */
		return 0;
	return Buoy->Depth;
}

/* trap: win-wait-status endless-wait */
ULONG BuoyWait(PBUOY Buoy)
{
	NTSTATUS status = KeWaitForSingleObject(&Buoy->Answer, Executive, KernelMode, FALSE, NULL);

	if (NT_SUCCESS(status)) /* ok: win-wait-status */
		return Buoy->Depth;
	return 0;
}

/* trap: win-wait-status mere-pause */
VOID BuoyRest(PBUOY Buoy)
{
	LARGE_INTEGER pause = { .QuadPart = -1000 };

	KeWaitForSingleObject(&Buoy->Answer, Executive, KernelMode, FALSE, &pause); /* ok: win-wait-status */
	Buoy->Depth++;
}

static ULONG BuoyJudge(NTSTATUS Status)
{
	return Status == STATUS_TIMEOUT;
}

ULONG BuoyTell(PBUOY Buoy)
{
	LARGE_INTEGER pause = { .QuadPart = -1000 };
	NTSTATUS status = KeWaitForSingleObject(&Buoy->Answer, Executive, KernelMode, FALSE, &pause);

	if (NT_SUCCESS(status)) /* ok: win-wait-status */
		return BuoyJudge(status);
	return 0;
}
