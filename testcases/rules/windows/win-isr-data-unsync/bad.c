/* A meter whose counters the interrupt routine changes. */
#include <ntddk.h>

typedef struct _METER {
	PKINTERRUPT Interrupt;
	KSPIN_LOCK Lock;
	ULONG Interrupts;
	ULONG Events;
	ULONG Lost;
} METER, *PMETER;

static PDEVICE_OBJECT MeterDevice;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD MeterUnload;
DRIVER_DISPATCH MeterReset;
KSERVICE_ROUTINE MeterInterrupt;
IO_DPC_ROUTINE MeterDpc;

BOOLEAN MeterInterrupt(PKINTERRUPT Interrupt, PVOID Context)
{
	PMETER meter = Context;

	UNREFERENCED_PARAMETER(Interrupt);
	meter->Interrupts++; /* note: win-isr-data-unsync "`MeterInterrupt` changes it here" */
	meter->Events |= 4;
	meter->Lost = 1;
	IoRequestDpc(MeterDevice, NULL, meter);
	return TRUE;
}

/* trap: win-isr-data-unsync single-word */
VOID MeterDpc(PKDPC Dpc, PDEVICE_OBJECT Device, PIRP Irp, PVOID Context)
{
	PMETER meter = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Device);
	UNREFERENCED_PARAMETER(Irp);
	meter->Events &= ~4; /* expect: win-isr-data-unsync "meter->Events is changed here" */
	meter->Lost <<= 1;   /* expect: win-isr-data-unsync "meter->Lost" */
}

/* trap: win-isr-data-unsync interlocked */
static VOID MeterClear(PMETER Meter)
{
	KIRQL irql;

	KeAcquireSpinLock(&Meter->Lock, &irql);
	Meter->Interrupts = 0; /* expect: win-isr-data-unsync "Meter->Interrupts is changed here, and MeterInterrupt" */
	KeReleaseSpinLock(&Meter->Lock, irql);
}

/* trap: win-isr-data-unsync disconnected */
NTSTATUS MeterReset(PDEVICE_OBJECT Device, PIRP Irp)
{
	MeterClear(Device->DeviceExtension);
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}

VOID MeterUnload(PDRIVER_OBJECT Driver)
{
	PMETER meter = MeterDevice->DeviceExtension;

	UNREFERENCED_PARAMETER(Driver);
	IoDisconnectInterrupt(meter->Interrupt);
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
	KeInitializeSpinLock(&meter->Lock);
	IoInitializeDpcRequest(MeterDevice, MeterDpc);
	status = IoConnectInterrupt(&meter->Interrupt, MeterInterrupt, meter, NULL, 5, 5, 5, LevelSensitive, FALSE, 1, FALSE);
	if (!NT_SUCCESS(status)) {
		IoDeleteDevice(MeterDevice);
		return status;
	}
	Driver->MajorFunction[IRP_MJ_DEVICE_CONTROL] = MeterReset;
	Driver->DriverUnload = MeterUnload;
	return STATUS_SUCCESS;
}
