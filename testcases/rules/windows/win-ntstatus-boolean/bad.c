/* A gate that takes yes for no. */
#include <ntddk.h>

struct gate {
	BOOLEAN Open;
	KTIMER Timer;
	NTSTATUS Last;
};

NTSTATUS GateMove(struct gate *gate);

NTSTATUS GateOpen(struct gate *gate)
{
	gate->Open = TRUE;
	return TRUE; /* expect: win-ntstatus-boolean "TRUE is a BOOLEAN, but is used as a NTSTATUS" */ /* note: win-ntstatus-boolean "TRUE is a BOOLEAN, but is used as a" */
}

/* The result of a timer is no status. */
/* trap: win-ntstatus-boolean nt-success */
NTSTATUS GateStop(struct gate *gate)
{
	if (NT_SUCCESS(KeCancelTimer(&gate->Timer))) /* expect: win-ntstatus-boolean "is a BOOLEAN, but is used as a NTSTATUS" */
		return STATUS_SUCCESS;
	return STATUS_UNSUCCESSFUL;
}

BOOLEAN GateIsMoved(struct gate *gate)
{
	NTSTATUS status = GateMove(gate);

	return status; /* expect: win-ntstatus-boolean "status is a NTSTATUS, but is used as a BOOLEAN" */
}

BOOLEAN GateCheck(struct gate *gate)
{
	BOOLEAN moved;

	moved = GateMove(gate); /* expect: win-ntstatus-boolean "the result of GateMove is a NTSTATUS" */
	return moved;
}

BOOLEAN GateIsr(struct gate *gate)
{
	if (!gate->Open)
		return STATUS_UNSUCCESSFUL; /* expect: win-ntstatus-boolean "is a NTSTATUS, but is used as a BOOLEAN" */
	return TRUE;
}

/* trap: win-ntstatus-boolean test-for-failure */
NTSTATUS GateClose(struct gate *gate)
{
	NTSTATUS status = GateMove(gate);

	if (!status) /* expect: win-ntstatus-boolean "status is 0 here, which is STATUS_SUCCESS" */
		return STATUS_UNSUCCESSFUL;
	gate->Last = FALSE; /* expect: win-ntstatus-boolean "FALSE is a BOOLEAN" */
	if (status == TRUE) /* expect: win-ntstatus-boolean "status is a NTSTATUS" */
		gate->Open = FALSE;
	return STATUS_SUCCESS;
}
