/* A tap with arguments that fit. */
#include <ntddk.h>

#define FAUCET_REASON Executive

struct faucet {
	KEVENT Ready;
	KTIMER Timer;
};

typedef enum { FaucetCold, FaucetHot } FAUCET_KIND;

VOID FaucetTurn(struct faucet *faucet, FAUCET_KIND kind);

VOID FaucetInit(struct faucet *faucet)
{
	KeInitializeEvent(&faucet->Ready, NotificationEvent, FALSE);
	KeInitializeTimerEx(&faucet->Timer, SynchronizationTimer);
	FaucetTurn(faucet, FaucetHot);
}

/* trap: win-enum-mismatch cast-on-purpose */
VOID FaucetCast(struct faucet *faucet)
{
	KeInitializeEvent(&faucet->Ready, (EVENT_TYPE)SynchronizationTimer, FALSE);
}

/* trap: win-enum-mismatch same-enumeration */
NTSTATUS FaucetWait(struct faucet *faucet, KPROCESSOR_MODE mode)
{
	KWAIT_REASON reason = UserRequest;
	NTSTATUS status = KeWaitForSingleObject(&faucet->Ready, FAUCET_REASON, KernelMode, FALSE, NULL);

	if (status == STATUS_SUCCESS)
		status = KeWaitForSingleObject(&faucet->Ready, reason, mode, FALSE, NULL);
	return status;
}
