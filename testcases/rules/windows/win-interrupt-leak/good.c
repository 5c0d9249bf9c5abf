/* Interrupts that are disconnected wherever the device goes. */
#include <ntddk.h>

typedef struct _MODEM {
	PKINTERRUPT Interrupt;
	PKINTERRUPT Message;
	PUCHAR Port;
} MODEM, *PMODEM;

KSERVICE_ROUTINE ModemIsr;
DRIVER_UNLOAD ModemUnload;

BOOLEAN ModemIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	PMODEM modem = Context;

	UNREFERENCED_PARAMETER(Interrupt);
	return READ_PORT_UCHAR(modem->Port) != 0;
}

NTSTATUS ModemStart(PMODEM Modem, ULONG Vector, KIRQL Irql, KAFFINITY Affinity)
{
	NTSTATUS status;

	status = IoConnectInterrupt(&Modem->Interrupt, ModemIsr, Modem, NULL, Vector, Irql, Irql, LevelSensitive, FALSE,
				    Affinity, FALSE);
	if (!NT_SUCCESS(status))
		return status;
	WRITE_PORT_UCHAR(Modem->Port, 1);
	if (READ_PORT_UCHAR(Modem->Port) != 0) {
		IoDisconnectInterrupt(Modem->Interrupt);
		return STATUS_IO_DEVICE_ERROR; /* ok: win-interrupt-leak */
	}
	return STATUS_SUCCESS; /* ok: win-interrupt-leak */
}

/* trap: win-interrupt-leak pnp-stop */
NTSTATUS ModemPnp(PMODEM Modem, PIRP Irp)
{
	switch (IoGetCurrentIrpStackLocation(Irp)->MinorFunction) {
	case IRP_MN_STOP_DEVICE:
	case IRP_MN_REMOVE_DEVICE:
		if (Modem->Interrupt)
			IoDisconnectInterrupt(Modem->Interrupt);
		Modem->Interrupt = NULL;
		break;
	default:
		break;
	}
	return STATUS_SUCCESS;
}

/* trap: win-interrupt-leak extended-pair */
NTSTATUS ModemMessageStart(PMODEM Modem, PDEVICE_OBJECT Pdo)
{
	IO_CONNECT_INTERRUPT_PARAMETERS params = { 0 };

	params.Version = CONNECT_LINE_BASED;
	params.LineBased.PhysicalDeviceObject = Pdo;
	params.LineBased.InterruptObject = &Modem->Message;
	params.LineBased.ServiceRoutine = ModemIsr;
	params.LineBased.ServiceContext = Modem;
	return IoConnectInterruptEx(&params); /* ok: win-interrupt-leak */
}

VOID ModemMessageStop(PMODEM Modem)
{
	IO_DISCONNECT_INTERRUPT_PARAMETERS params = { 0 };

	params.Version = CONNECT_LINE_BASED;
	params.ConnectionContext.InterruptObject = Modem->Message;
	IoDisconnectInterruptEx(&params);
}

VOID ModemUnload(PDRIVER_OBJECT Driver)
{
	IoDeleteDevice(Driver->DeviceObject);
}
