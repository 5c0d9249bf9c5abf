/* A filter that passes stack locations on without the completion routine of the driver above. */
#include <ntddk.h>

typedef struct _SIEVE {
	PDEVICE_OBJECT Lower;
	LONG Requests;
	ULONG Limit;
} SIEVE, *PSIEVE;

DRIVER_DISPATCH SieveRead;
DRIVER_DISPATCH SieveWrite;
DRIVER_DISPATCH SieveControl;
DRIVER_DISPATCH SieveFlush;
DRIVER_DISPATCH SieveCreate;
DRIVER_DISPATCH SieveClose;
DRIVER_DISPATCH SievePower;
IO_COMPLETION_ROUTINE SieveDone;

/* The right way: what follows the parameters stays out. */
NTSTATUS SieveRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PSIEVE sieve = Device->DeviceExtension;

	InterlockedIncrement(&sieve->Requests);
	IoCopyCurrentIrpStackLocationToNext(Irp);
	return IoCallDriver(sieve->Lower, Irp);
}

/* Old filters copy, and put their own routine there. */
/* trap: win-irp-stack-copy own-routine */
NTSTATUS SieveWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PSIEVE sieve = Device->DeviceExtension;
	PIO_STACK_LOCATION current = IoGetCurrentIrpStackLocation(Irp);
	PIO_STACK_LOCATION next = IoGetNextIrpStackLocation(Irp);

	*next = *current;
	IoSetCompletionRoutine(Irp, SieveDone, sieve, TRUE, TRUE, TRUE);
	return IoCallDriver(sieve->Lower, Irp);
}

/* trap: win-irp-stack-copy cleared */
NTSTATUS SieveControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PSIEVE sieve = Device->DeviceExtension;

	*IoGetNextIrpStackLocation(Irp) = *IoGetCurrentIrpStackLocation(Irp);
	IoGetNextIrpStackLocation(Irp)->CompletionRoutine = NULL;
	IoGetNextIrpStackLocation(Irp)->Control = 0;
	return IoCallDriver(sieve->Lower, Irp);
}

/* Without the flags the routine is not called. */
NTSTATUS SievePower(PDEVICE_OBJECT Device, PIRP Irp)
{
	PSIEVE sieve = Device->DeviceExtension;
	PIO_STACK_LOCATION next = IoGetNextIrpStackLocation(Irp);

	RtlCopyMemory(next, IoGetCurrentIrpStackLocation(Irp), sizeof(IO_STACK_LOCATION));
	next->Control = 0;
	PoStartNextPowerIrp(Irp);
	return PoCallDriver(sieve->Lower, Irp);
}

/* trap: win-irp-stack-copy part-copied */
NTSTATUS SieveFlush(PDEVICE_OBJECT Device, PIRP Irp)
{
	PSIEVE sieve = Device->DeviceExtension;
	PIO_STACK_LOCATION next = IoGetNextIrpStackLocation(Irp);

	RtlCopyMemory(next, IoGetCurrentIrpStackLocation(Irp), FIELD_OFFSET(IO_STACK_LOCATION, CompletionRoutine));
	return IoCallDriver(sieve->Lower, Irp);
}

NTSTATUS SieveCreate(PDEVICE_OBJECT Device, PIRP Irp)
{
	PSIEVE sieve = Device->DeviceExtension;
	PIO_STACK_LOCATION current = IoGetCurrentIrpStackLocation(Irp);
	PIO_STACK_LOCATION next = IoGetNextIrpStackLocation(Irp);

	next->MajorFunction = current->MajorFunction;
	next->MinorFunction = current->MinorFunction;
	next->FileObject = current->FileObject;
	next->Parameters = current->Parameters;
	return IoCallDriver(sieve->Lower, Irp);
}

/* One way sets a routine, the other takes the location over unchanged. */
NTSTATUS SieveClose(PDEVICE_OBJECT Device, PIRP Irp)
{
	PSIEVE sieve = Device->DeviceExtension;

	if (sieve->Limit > 0) {
		*IoGetNextIrpStackLocation(Irp) = *IoGetCurrentIrpStackLocation(Irp);
		IoSetCompletionRoutine(Irp, SieveDone, sieve, TRUE, TRUE, TRUE);
	} else {
		IoSkipCurrentIrpStackLocation(Irp);
	}
	return IoCallDriver(sieve->Lower, Irp);
}

NTSTATUS SieveDone(PDEVICE_OBJECT Device, PIRP Irp, PVOID Context)
{
	PSIEVE sieve = Context;

	UNREFERENCED_PARAMETER(Device);
	if (Irp->PendingReturned)
		IoMarkIrpPending(Irp);
	InterlockedDecrement(&sieve->Requests);
	return STATUS_SUCCESS;
}
