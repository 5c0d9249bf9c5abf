/* A lamp that waits. */
#include <ntddk.h>

struct torch {
	KTIMER Timer;
	KDPC Dpc;
	KEVENT Off;
	LARGE_INTEGER Due;
};

VOID TorchStart(struct torch *torch)
{
	LARGE_INTEGER due;

	due.QuadPart = -10000000LL;
	KeSetTimer(&torch->Timer, due, &torch->Dpc);
}

/* trap: win-timer-duetime absolute-on-purpose */
VOID TorchTomorrow(struct torch *torch)
{
	LARGE_INTEGER due;

	KeQuerySystemTime(&due);
	due.QuadPart += 24LL * 3600 * 10000000;
	KeSetTimer(&torch->Timer, due, &torch->Dpc);
}

/* trap: win-timer-duetime zero */
NTSTATUS TorchPoll(struct torch *torch)
{
	LARGE_INTEGER limit;

	limit.QuadPart = 0;
	return KeWaitForSingleObject(&torch->Off, Executive, KernelMode, FALSE, &limit);
}

/* trap: win-timer-duetime not-constant */
VOID TorchSet(struct torch *torch, LARGE_INTEGER due)
{
	KeSetTimer(&torch->Timer, due, &torch->Dpc);
	KeSetTimer(&torch->Timer, torch->Due, &torch->Dpc);
	if (torch->Due.QuadPart > 0)
		KeSetTimer(&torch->Timer, torch->Due, NULL);
}

/* By halves. */
VOID TorchHalves(struct torch *torch)
{
	LARGE_INTEGER due;

	due.QuadPart = 10000000;
	due.HighPart = -1;
	KeSetTimer(&torch->Timer, due, &torch->Dpc);
	due.LowPart = (ULONG)-10000;
	due.HighPart = -1;
	KeSetTimer(&torch->Timer, due, &torch->Dpc);
}

#define TORCH_PERIOD_MS 500UL

/* trap: win-timer-duetime wide-negation */
VOID TorchBlink(struct torch *torch)
{
	LARGE_INTEGER due;

	due.QuadPart = -((LONGLONG)TORCH_PERIOD_MS * 10000);
	KeSetTimerEx(&torch->Timer, due, TORCH_PERIOD_MS, &torch->Dpc);
}
