/* A tap with arguments that do not fit. */
#include <ntddk.h>

struct tap {
	KEVENT Ready;
	KTIMER Timer;
	PMDL Mdl;
};

enum tap_kind { TapCold, TapHot };

VOID TapTurn(struct tap *tap, enum tap_kind kind);

VOID TapInit(struct tap *tap)
{
	KeInitializeEvent(&tap->Ready, NotificationTimer, FALSE); /* expect: win-enum-mismatch "NotificationTimer is a constant of _TIMER_TYPE" */ /* note: win-enum-mismatch "NotificationTimer is a constant of" */
	KeInitializeTimerEx(&tap->Timer, SynchronizationEvent); /* expect: win-enum-mismatch "SynchronizationEvent" */
}

/* trap: win-enum-mismatch cast-on-purpose */
NTSTATUS TapWait(struct tap *tap)
{
	return KeWaitForSingleObject(&tap->Ready, UserRequest, UserRequest, FALSE, NULL); /* expect: win-enum-mismatch "UserRequest is a constant of _KWAIT_REASON, but the parameter is of _MODE" */
}

/* Swapped. */
NTSTATUS TapSwapped(struct tap *tap)
{
	return KeWaitForSingleObject(&tap->Ready, KernelMode, KernelMode, FALSE, NULL); /* expect: win-enum-mismatch "KernelMode is a constant of _MODE" */
}

/* Of the driver's own. */
/* trap: win-enum-mismatch same-enumeration */
VOID TapOwn(struct tap *tap)
{
	TapTurn(tap, NotificationEvent); /* expect: win-enum-mismatch "the parameter is of tap_kind" */
}
