/* Interrupts that stay connected. */
#include <ntddk.h>

typedef struct _MODEM {
	PKINTERRUPT Interrupt;
	PKINTERRUPT Second;
	PUCHAR Port;
} MODEM, *PMODEM;

KSERVICE_ROUTINE ModemIsr;
DRIVER_UNLOAD ModemUnload;

static MODEM modem;

BOOLEAN ModemIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	PMODEM dev = Context;

	UNREFERENCED_PARAMETER(Interrupt);
	return READ_PORT_UCHAR(dev->Port) != 0;
}

static BOOLEAN ModemReset(PMODEM Modem)
{
	WRITE_PORT_UCHAR(Modem->Port, 1);
	return READ_PORT_UCHAR(Modem->Port) == 0;
}

/* The device does not answer, and its interrupt stays. */
NTSTATUS ModemStart(PMODEM Modem, ULONG Vector, KIRQL Irql, KAFFINITY Affinity)
{
	PKINTERRUPT interrupt;
	NTSTATUS status;

	status = IoConnectInterrupt(&interrupt, ModemIsr, Modem, NULL, Vector, Irql, Irql, LevelSensitive, FALSE, Affinity, FALSE); /* note: win-interrupt-leak "interrupt" */
	if (!NT_SUCCESS(status))
		return status;
	if (!ModemReset(Modem))
		return STATUS_IO_DEVICE_ERROR; /* expect: win-interrupt-leak "interrupt" */
	Modem->Interrupt = interrupt;
	return STATUS_SUCCESS;
}

/* trap: win-interrupt-leak pnp-stop
 * Nobody stops the second one. */
NTSTATUS ModemAddSecond(ULONG Vector, KIRQL Irql, KAFFINITY Affinity)
{
	return IoConnectInterrupt(&modem.Second, ModemIsr, &modem, NULL, Vector, Irql, Irql, LevelSensitive, FALSE, Affinity, FALSE); /* expect: win-interrupt-leak "nothing in the driver ever disconnects it" */
}

VOID ModemUnload(PDRIVER_OBJECT Driver)
{
	IoDisconnectInterrupt(modem.Interrupt);
	IoDeleteDevice(Driver->DeviceObject);
}
