/* Results that say whether there is a device, thread or object, and that nobody looks at. */
#include <ntddk.h>

typedef struct _VAULT {
	PDEVICE_OBJECT Lower;
	PFILE_OBJECT LowerFile;
	IO_REMOVE_LOCK RemoveLock;
	FAST_MUTEX Mutex;
	KSPIN_LOCK Lock;
	ULONG Coins;
} VAULT, *PVAULT;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD VaultUnload;
IO_COMPLETION_ROUTINE VaultSent;

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING RegistryPath)
{
	PDEVICE_OBJECT device;

	UNREFERENCED_PARAMETER(RegistryPath);
	Driver->DriverUnload = VaultUnload;
	IoCreateDevice(Driver, sizeof(VAULT), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device); /* expect: win-ntstatus-unchecked "IoCreateDevice" */ /* note: win-ntstatus-unchecked "nothing looks at the status of" */
	device->Flags |= DO_BUFFERED_IO;
	return STATUS_SUCCESS;
}

VOID VaultUnload(PDRIVER_OBJECT Driver)
{
	IoDeleteDevice(Driver->DeviceObject);
}

/* trap: win-ntstatus-unchecked void-cast
 * Nothing says that it does not matter. */
VOID VaultName(PUNICODE_STRING Link, PUNICODE_STRING Name)
{
	IoCreateSymbolicLink(Link, Name); /* expect: win-ntstatus-unchecked "IoCreateSymbolicLink" */
	DbgPrint("the vault is open\n");
}

/* trap: win-ntstatus-unchecked other-test
 * The second status takes the place of the first one before anybody looked. */
NTSTATUS VaultOpen(PVAULT Vault, PUNICODE_STRING Name, PUNICODE_STRING Link)
{
	PDEVICE_OBJECT lower;
	NTSTATUS status;

	status = IoGetDeviceObjectPointer(Name, FILE_READ_DATA, &Vault->LowerFile, &lower); /* expect: win-ntstatus-unchecked "IoGetDeviceObjectPointer" */
	Vault->Lower = lower;
	status = IoCreateSymbolicLink(Link, Name);
	switch (status) {
	case STATUS_SUCCESS:
		return STATUS_SUCCESS;
	default:
		ObDereferenceObject(Vault->LowerFile);
		return status;
	}
}

/* On both ways it is overwritten. */
NTSTATUS VaultShutdown(PDEVICE_OBJECT Device, BOOLEAN Quiet)
{
	NTSTATUS status;

	status = IoRegisterShutdownNotification(Device); /* expect: win-ntstatus-unchecked "IoRegisterShutdownNotification" */
	if (Quiet)
		status = STATUS_SUCCESS;
	else
		status = STATUS_DEVICE_NOT_READY;
	return status;
}

/* trap: win-ntstatus-unchecked undoing
 * Making is not undoing: the handle may be nothing at all. */
VOID VaultRing(POBJECT_ATTRIBUTES Bell)
{
	HANDLE event;

	ZwOpenEvent(&event, EVENT_MODIFY_STATE, Bell); /* expect: win-ntstatus-unchecked "ZwOpenEvent" */
	ZwSetEvent(event, NULL);
	ZwClose(event);
}

/* trap: win-ntstatus-unchecked fire-and-forget
 * Whether there will be a completion routine is not looked at. */
VOID VaultSend(PVAULT Vault, PDEVICE_OBJECT Device, PIRP Irp)
{
	IoCopyCurrentIrpStackLocationToNext(Irp);
	IoSetCompletionRoutineEx(Device, Irp, VaultSent, Vault, TRUE, TRUE, TRUE); /* expect: win-ntstatus-unchecked "IoSetCompletionRoutineEx" */
	IoCallDriver(Vault->Lower, Irp);
}

/* A lock that was only tried. */
VOID VaultCount(PVAULT Vault)
{
	ExTryToAcquireFastMutex(&Vault->Mutex); /* expect: win-ntstatus-unchecked "ExTryToAcquireFastMutex" */
	Vault->Coins++;
	ExReleaseFastMutex(&Vault->Mutex);
}

VOID VaultPrepare(PVAULT Vault)
{
	IoInitializeRemoveLock(&Vault->RemoveLock, 'tluV', 0, 0);
}

/* The device may go while it is in use. */
VOID VaultTouch(PVAULT Vault, PIRP Irp)
{
	NTSTATUS status;

	status = IoAcquireRemoveLock(&Vault->RemoveLock, Irp); /* expect: win-ntstatus-unchecked "IoAcquireRemoveLock" */
	ASSERT(NT_SUCCESS(status));
	Vault->Coins = 0;
	IoReleaseRemoveLock(&Vault->RemoveLock, Irp);
}
