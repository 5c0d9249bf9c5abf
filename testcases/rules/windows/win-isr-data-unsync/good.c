/* Synchronized with the interrupt, or in no need of it. */
#include <ntddk.h>

typedef struct _METER {
	PKINTERRUPT Interrupt;
	ULONG Interrupts;
	ULONG Events;
	ULONG Ticks;
	LONG Lost;
	BOOLEAN Pending;
} METER, *PMETER;

static PDEVICE_OBJECT MeterDevice;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD MeterUnload;
DRIVER_DISPATCH MeterReset;
DRIVER_DISPATCH MeterStop;
KSERVICE_ROUTINE MeterInterrupt;
KSYNCHRONIZE_ROUTINE MeterClear;
IO_DPC_ROUTINE MeterDpc;

BOOLEAN MeterInterrupt(PKINTERRUPT Interrupt, PVOID Context)
{
	PMETER meter = Context;

	UNREFERENCED_PARAMETER(Interrupt);
	meter->Interrupts++;
	meter->Events |= 4;
	meter->Ticks++;
	meter->Pending = TRUE;
	InterlockedIncrement(&meter->Lost);
	IoRequestDpc(MeterDevice, NULL, meter);
	return TRUE;
}

BOOLEAN MeterClear(PVOID Context)
{
	PMETER meter = Context;

	meter->Interrupts = 0;
	return TRUE;
}

/* trap: win-isr-data-unsync single-word */
VOID MeterDpc(PKDPC Dpc, PDEVICE_OBJECT Device, PIRP Irp, PVOID Context)
{
	PMETER meter = Context;
	KIRQL irql;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Device);
	UNREFERENCED_PARAMETER(Irp);
	meter->Pending = FALSE;
	irql = KeAcquireInterruptSpinLock(meter->Interrupt);
	meter->Events &= ~4;
	KeReleaseInterruptSpinLock(meter->Interrupt, irql);
}

/* trap: win-isr-data-unsync interlocked */
NTSTATUS MeterReset(PDEVICE_OBJECT Device, PIRP Irp)
{
	PMETER meter = Device->DeviceExtension;

	KeSynchronizeExecution(meter->Interrupt, MeterClear, meter);
	InterlockedExchange(&meter->Lost, 0);
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}

/* trap: win-isr-data-unsync disconnected */
NTSTATUS MeterStop(PDEVICE_OBJECT Device, PIRP Irp)
{
	PMETER meter = Device->DeviceExtension;

	IoDisconnectInterrupt(meter->Interrupt);
	meter->Ticks = 0;
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}

VOID MeterUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	IoDeleteDevice(MeterDevice);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	NTSTATUS status;
	PMETER meter;

	UNREFERENCED_PARAMETER(Path);
	status = IoCreateDevice(Driver, sizeof(METER), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &MeterDevice);
	if (!NT_SUCCESS(status))
		return status;
	meter = MeterDevice->DeviceExtension;
	IoInitializeDpcRequest(MeterDevice, MeterDpc);
	status = IoConnectInterrupt(&meter->Interrupt, MeterInterrupt, meter, NULL, 5, 5, 5, LevelSensitive, FALSE, 1, FALSE);
	if (!NT_SUCCESS(status)) {
		IoDeleteDevice(MeterDevice);
		return status;
	}
	Driver->MajorFunction[IRP_MJ_DEVICE_CONTROL] = MeterReset;
	Driver->MajorFunction[IRP_MJ_SHUTDOWN] = MeterStop;
	Driver->DriverUnload = MeterUnload;
	return STATUS_SUCCESS;
}
