/* A lamp that blinks at once. */
#include <ntddk.h>

#define LAMP_PERIOD_MS 500UL

struct lamp {
	KTIMER Timer;
	KDPC Dpc;
	KEVENT Off;
};

/* trap: win-timer-duetime zero */
VOID LampStart(struct lamp *lamp)
{
	LARGE_INTEGER due;

	due.QuadPart = 10000000;
	KeSetTimer(&lamp->Timer, due, &lamp->Dpc); /* expect: win-timer-duetime "due is positive" */ /* note: win-timer-duetime "due is positive, a moment soon after the" */
}

/* Without a sign in 32 bits. */
/* trap: win-timer-duetime wide-negation */
VOID LampBlink(struct lamp *lamp)
{
	LARGE_INTEGER due;

	due.QuadPart = -(LAMP_PERIOD_MS * 10000);
	KeSetTimerEx(&lamp->Timer, due, LAMP_PERIOD_MS, &lamp->Dpc); /* expect: win-timer-duetime "due" */
}

/* trap: win-timer-duetime absolute-on-purpose */
NTSTATUS LampWait(struct lamp *lamp)
{
	LARGE_INTEGER limit = { .QuadPart = 50 * 10000 };

	return KeWaitForSingleObject(&lamp->Off, Executive, KernelMode, FALSE, &limit); /* expect: win-timer-duetime "limit is positive" */
}

/* The range is known. */
/* trap: win-timer-duetime not-constant */
VOID LampPause(ULONG seconds)
{
	LARGE_INTEGER interval;

	if (seconds == 0 || seconds > 10)
		return;
	interval.QuadPart = 3 * 10000000LL;
	KeDelayExecutionThread(KernelMode, FALSE, &interval); /* expect: win-timer-duetime "interval" */
}
