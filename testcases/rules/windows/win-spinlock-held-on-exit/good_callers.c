/* Helpers that return with the lock held, which their callers, or a partner, release. */
#include <ntddk.h>

typedef struct _TANK {
	FAST_MUTEX Mutex;
	ERESOURCE Names;
	WCHAR Name[16];
	ULONG Level;
} TANK, *PTANK;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD TankUnload;
DRIVER_DISPATCH TankControl;

static NTSTATUS TankFill(PTANK Tank, ULONG Amount)
{
	NTSTATUS status = STATUS_SUCCESS;

	ExAcquireFastMutex(&Tank->Mutex);
	if (Tank->Level + Amount > 1000)
		status = STATUS_BUFFER_OVERFLOW;
	else
		Tank->Level += Amount;
	return status; /* ok: win-spinlock-held-on-exit */
}

static ULONG TankAsk(PTANK Tank)
{
	return Tank->Level;
}

static NTSTATUS TankRename(PTANK Tank, const WCHAR *Name)
{
	KeEnterCriticalRegion();
	ExAcquireResourceExclusiveLite(&Tank->Names, TRUE);
	RtlCopyMemory(Tank->Name, Name, sizeof(Tank->Name));
	KeLeaveCriticalRegion();
	return STATUS_SUCCESS; /* ok: win-spinlock-held-on-exit */
}

static VOID TankRenamed(PTANK Tank)
{
	ExReleaseResourceLite(&Tank->Names);
}

NTSTATUS TankControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PTANK tank = DeviceObject->DeviceExtension;
	NTSTATUS status = TankFill(tank, 10);

	if (NT_SUCCESS(status) && TankAsk(tank) > 500) {
		status = TankRename(tank, L"half full      ");
		TankRenamed(tank);
	}
	ExReleaseFastMutex(&tank->Mutex);
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

VOID TankUnload(PDRIVER_OBJECT DriverObject)
{
	PTANK tank = DriverObject->DeviceObject->DeviceExtension;

	ExDeleteResourceLite(&tank->Names);
	IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	PDEVICE_OBJECT device;
	NTSTATUS status;
	PTANK tank;

	UNREFERENCED_PARAMETER(RegistryPath);
	status = IoCreateDevice(DriverObject, sizeof(*tank), NULL, FILE_DEVICE_UNKNOWN, FILE_DEVICE_SECURE_OPEN, FALSE,
				&device);
	if (!NT_SUCCESS(status))
		return status;
	tank = device->DeviceExtension;
	ExInitializeFastMutex(&tank->Mutex);
	status = ExInitializeResourceLite(&tank->Names);
	if (!NT_SUCCESS(status)) {
		IoDeleteDevice(device);
		return status;
	}
	DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = TankControl;
	DriverObject->DriverUnload = TankUnload;
	return STATUS_SUCCESS;
}
