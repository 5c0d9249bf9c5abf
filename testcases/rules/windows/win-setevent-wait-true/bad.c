/* Wait = TRUE without the wait that it announces. */
#include <ntddk.h>

typedef struct _FERRY {
	KEVENT Arrived, Left;
	KSEMAPHORE Seats;
	KMUTEX Ramp;
	ULONG Trips;
} FERRY, *PFERRY;

VOID FerryArrive(PFERRY Ferry)
{
	Ferry->Trips++;
	KeSetEvent(&Ferry->Arrived, IO_NO_INCREMENT, TRUE); /* expect: win-setevent-wait-true */ /* note: win-setevent-wait-true "KeSetEvent is called with Wait set, but the" */
}

/* trap: win-setevent-wait-true macro-true */
VOID FerryUnload(PFERRY Ferry, LONG Passengers)
{
	KeReleaseSemaphore(&Ferry->Seats, IO_NO_INCREMENT, Passengers, TRUE); /* expect: win-setevent-wait-true */
	Ferry->Trips = 0;
}

/* Another call comes first. */
/* trap: win-setevent-wait-true trivial-between */
VOID FerryTurn(PFERRY Ferry)
{
	KeSetEvent(&Ferry->Arrived, IO_NO_INCREMENT, TRUE); /* expect: win-setevent-wait-true */
	DbgPrint("trip %lu\n", Ferry->Trips);
	KeWaitForSingleObject(&Ferry->Left, Executive, KernelMode, FALSE, NULL);
}

/* The wait follows on one path only. */
VOID FerryMaybe(PFERRY Ferry, BOOLEAN Wait)
{
	KeSetEvent(&Ferry->Arrived, IO_NO_INCREMENT, TRUE); /* expect: win-setevent-wait-true */
	if (Wait)
		KeWaitForSingleObject(&Ferry->Left, Executive, KernelMode, FALSE, NULL);
}

/* The error path leaves before the wait. */
NTSTATUS FerryRamp(PFERRY Ferry, ULONG Trips)
{
	KeWaitForSingleObject(&Ferry->Ramp, Executive, KernelMode, FALSE, NULL);
	Ferry->Trips = Trips;
	KeReleaseMutex(&Ferry->Ramp, TRUE); /* expect: win-setevent-wait-true */
	if (Trips == 0)
		return STATUS_INVALID_PARAMETER;
	KeWaitForSingleObject(&Ferry->Left, Executive, KernelMode, FALSE, NULL);
	return STATUS_SUCCESS;
}
