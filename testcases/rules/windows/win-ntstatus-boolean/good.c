/* A gate that knows yes from no. */
#include <ntddk.h>

struct fence {
	BOOLEAN Open;
	KTIMER Timer;
	NTSTATUS Last;
};

NTSTATUS FenceMove(struct fence *fence);

NTSTATUS FenceOpen(struct fence *fence)
{
	fence->Open = TRUE;
	return fence->Open ? STATUS_SUCCESS : STATUS_DEVICE_NOT_READY;
}

/* trap: win-ntstatus-boolean nt-success */
BOOLEAN FenceIsMoved(struct fence *fence)
{
	NTSTATUS status = FenceMove(fence);
	BOOLEAN moved = NT_SUCCESS(status);

	if (moved)
		return TRUE;
	return (BOOLEAN)NT_SUCCESS(FenceMove(fence));
}

/* trap: win-ntstatus-boolean test-for-failure */
NTSTATUS FenceClose(struct fence *fence)
{
	NTSTATUS status = FenceMove(fence);

	if (status)
		return status;
	if (!fence->Last)
		fence->Open = FALSE;
	status = FenceMove(fence);
	if (!status)
		return STATUS_SUCCESS;
	return STATUS_UNSUCCESSFUL;
}

BOOLEAN FenceStop(struct fence *fence)
{
	BOOLEAN was = KeCancelTimer(&fence->Timer);

	fence->Last = was ? STATUS_CANCELLED : STATUS_SUCCESS;
	return was;
}
