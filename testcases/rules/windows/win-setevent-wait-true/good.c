/* FALSE, or TRUE with the wait right behind it. */
#include <ntddk.h>

#define WAIT_FOLLOWS TRUE
#define NO_WAIT FALSE

typedef struct _FERRY {
	KEVENT Arrived, Left;
	KSEMAPHORE Seats;
	KMUTEX Ramp;
	ULONG Trips;
} FERRY, *PFERRY;

VOID FerryArrive(PFERRY Ferry)
{
	Ferry->Trips++;
	KeSetEvent(&Ferry->Arrived, IO_NO_INCREMENT, FALSE); /* ok: win-setevent-wait-true */
}

VOID FerryUnload(PFERRY Ferry, LONG Passengers)
{
	KeReleaseSemaphore(&Ferry->Seats, IO_NO_INCREMENT, Passengers, NO_WAIT); /* ok: win-setevent-wait-true */
	Ferry->Trips = 0;
}

/* Trap: the wait is the very next call. */
VOID FerryTurn(PFERRY Ferry)
{
	KeSetEvent(&Ferry->Arrived, IO_NO_INCREMENT, TRUE); /* ok: win-setevent-wait-true */
	KeWaitForSingleObject(&Ferry->Left, Executive, KernelMode, FALSE, NULL);
}

/* Trap: TRUE behind a macro, the wait for several objects. */
/* trap: win-setevent-wait-true macro-true */
VOID FerryBoth(PFERRY Ferry)
{
	PVOID objects[2];

	objects[0] = &Ferry->Left;
	objects[1] = &Ferry->Seats;
	KeSetEvent(&Ferry->Arrived, IO_NO_INCREMENT, WAIT_FOLLOWS); /* ok: win-setevent-wait-true */
	KeWaitForMultipleObjects(2, objects, WaitAny, Executive, KernelMode, FALSE, NULL, NULL);
}

/* Trap: only an assignment in between. */
/* trap: win-setevent-wait-true trivial-between */
NTSTATUS FerryTimeout(PFERRY Ferry)
{
	LARGE_INTEGER timeout;

	KeReleaseSemaphore(&Ferry->Seats, IO_NO_INCREMENT, 1, TRUE); /* ok: win-setevent-wait-true */
	timeout.QuadPart = -10000;
	return KeWaitForSingleObject(&Ferry->Left, Executive, KernelMode, FALSE, &timeout);
}

/* Trap: the value is not known. */
VOID FerrySignal(PFERRY Ferry, BOOLEAN Wait)
{
	KeSetEvent(&Ferry->Arrived, IO_NO_INCREMENT, Wait); /* ok: win-setevent-wait-true */
}

VOID FerryRamp(PFERRY Ferry, ULONG Trips)
{
	KeWaitForSingleObject(&Ferry->Ramp, Executive, KernelMode, FALSE, NULL);
	Ferry->Trips = Trips;
	KeReleaseMutex(&Ferry->Ramp, FALSE); /* ok: win-setevent-wait-true */
	KeWaitForSingleObject(&Ferry->Left, Executive, KernelMode, FALSE, NULL);
}
