/* flags: -target x86_64-w64-mingw32 -fms-extensions */
/* macros: KeAcquireSpinLock */
/* Shapes of Windows drivers: role typedefs, lock macros, out-parameters. */
typedef long NTSTATUS;
typedef unsigned char KIRQL;
typedef struct _DEVICE_OBJECT {
	void *DeviceExtension;
} DEVICE_OBJECT, *PDEVICE_OBJECT;
typedef struct _IRP {
	struct {
		NTSTATUS Status;
	} IoStatus;
} IRP, *PIRP;
typedef NTSTATUS DRIVER_DISPATCH(PDEVICE_OBJECT DeviceObject, PIRP Irp);
typedef struct _DRIVER_OBJECT {
	DRIVER_DISPATCH *MajorFunction[4];
	void (*DriverUnload)(struct _DRIVER_OBJECT *DriverObject);
} DRIVER_OBJECT, *PDRIVER_OBJECT;
typedef unsigned long long KSPIN_LOCK;
KIRQL KeAcquireSpinLockRaiseToDpc(KSPIN_LOCK *SpinLock);
void KeReleaseSpinLock(KSPIN_LOCK *SpinLock, KIRQL NewIrql);
#define KeAcquireSpinLock(SpinLock, OldIrql) *(OldIrql) = KeAcquireSpinLockRaiseToDpc(SpinLock)
#define NT_SUCCESS(Status) ((NTSTATUS)(Status) >= 0)
#define STATUS_UNSUCCESSFUL ((NTSTATUS)0xC0000001L)
NTSTATUS IoCreateDevice(PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT *DeviceObject);

DRIVER_DISPATCH DispatchRead;
static KSPIN_LOCK lock;

NTSTATUS DispatchRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	KIRQL irql;

	KeAcquireSpinLock(&lock, &irql);
	KeReleaseSpinLock(&lock, irql);
	return Irp->IoStatus.Status = STATUS_UNSUCCESSFUL;
}

static void Unload(PDRIVER_OBJECT DriverObject)
{
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, void *RegistryPath)
{
	PDEVICE_OBJECT device;
	NTSTATUS status = IoCreateDevice(DriverObject, &device);

	if (!NT_SUCCESS(status))
		return status;
	DriverObject->MajorFunction[3] = DispatchRead;
	DriverObject->DriverUnload = Unload;
	return status;
}
