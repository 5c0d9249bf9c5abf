/* trap: win-interrupt-leak extended-pair
 * Connected through a structure, and never disconnected. */
#include <ntddk.h>

typedef struct _MODEM {
	PKINTERRUPT Interrupt;
	PUCHAR Port;
} MODEM, *PMODEM;

KSERVICE_ROUTINE ModemLineIsr;
DRIVER_UNLOAD ModemLineUnload;

BOOLEAN ModemLineIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	PMODEM modem = Context;

	UNREFERENCED_PARAMETER(Interrupt);
	return READ_PORT_UCHAR(modem->Port) != 0;
}

NTSTATUS ModemLineStart(PMODEM Modem, PDEVICE_OBJECT Pdo)
{
	IO_CONNECT_INTERRUPT_PARAMETERS params = { 0 };

	params.Version = CONNECT_LINE_BASED;
	params.LineBased.PhysicalDeviceObject = Pdo;
	params.LineBased.InterruptObject = &Modem->Interrupt;
	params.LineBased.ServiceRoutine = ModemLineIsr;
	params.LineBased.ServiceContext = Modem;
	return IoConnectInterruptEx(&params); /* expect: win-interrupt-leak "nothing in the driver ever disconnects it" */
}

VOID ModemLineUnload(PDRIVER_OBJECT Driver)
{
	IoDeleteDevice(Driver->DeviceObject);
}
