/* A filter that copies stack locations with everything that is in them. */
#include <ntddk.h>

typedef struct _SIEVE {
	PDEVICE_OBJECT Lower;
	LONG Requests;
	ULONG Limit;
} SIEVE, *PSIEVE;

DRIVER_DISPATCH SieveRead;
DRIVER_DISPATCH SieveWrite;
DRIVER_DISPATCH SieveControl;
DRIVER_DISPATCH SievePower;

/* trap: win-irp-stack-copy own-routine */
NTSTATUS SieveRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PSIEVE sieve = Device->DeviceExtension;

	InterlockedIncrement(&sieve->Requests);
	*IoGetNextIrpStackLocation(Irp) = *IoGetCurrentIrpStackLocation(Irp); /* note: win-irp-stack-copy "Irp" */
	return IoCallDriver(sieve->Lower, Irp); /* expect: win-irp-stack-copy "Irp" */
}

/* The whole location, not what lies before the completion routine. */
/* trap: win-irp-stack-copy part-copied */
NTSTATUS SieveWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PSIEVE sieve = Device->DeviceExtension;
	PIO_STACK_LOCATION current = IoGetCurrentIrpStackLocation(Irp);
	PIO_STACK_LOCATION next = IoGetNextIrpStackLocation(Irp);

	RtlCopyMemory(next, current, sizeof(IO_STACK_LOCATION));
	if (next->Parameters.Write.Length > sieve->Limit)
		next->Parameters.Write.Length = sieve->Limit;
	return IoCallDriver(sieve->Lower, Irp); /* expect: win-irp-stack-copy "Irp" */
}

/* The context alone is cleared. */
/* trap: win-irp-stack-copy cleared */
NTSTATUS SieveControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PSIEVE sieve = Device->DeviceExtension;
	PIO_STACK_LOCATION next;

	next = IoGetNextIrpStackLocation(Irp);
	*next = *IoGetCurrentIrpStackLocation(Irp);
	next->Context = NULL;
	return IoCallDriver(sieve->Lower, Irp); /* expect: win-irp-stack-copy "Irp" */
}

NTSTATUS SievePower(PDEVICE_OBJECT Device, PIRP Irp)
{
	PSIEVE sieve = Device->DeviceExtension;
	PIO_STACK_LOCATION next = IoGetNextIrpStackLocation(Irp);

	RtlMoveMemory(next, IoGetCurrentIrpStackLocation(Irp), sizeof(*next));
	PoStartNextPowerIrp(Irp);
	return PoCallDriver(sieve->Lower, Irp); /* expect: win-irp-stack-copy "Irp" */
}
