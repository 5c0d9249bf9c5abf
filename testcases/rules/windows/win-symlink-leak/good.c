/* The link is deleted before the device, on later failures and in unload. */
#include <ntddk.h>

#define DIAL_TAG 'laiD'

typedef struct _DIAL {
	PVOID Buffer;
	UNICODE_STRING Link;
	UNICODE_STRING Interface;
} DIAL, *PDIAL;

static const GUID DialInterface = { 0x7a1c2b30, 0x22c4, 0x4b1f, { 8, 7, 6, 5, 4, 3, 2, 1 } };

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DialUnload;

NTSTATUS DialPublish(PDIAL Dial, PUNICODE_STRING Name)
{
	UNICODE_STRING link;
	NTSTATUS status;

	RtlInitUnicodeString(&link, L"\\DosDevices\\Dial");
	status = IoCreateSymbolicLink(&link, Name);
	if (!NT_SUCCESS(status))
		return status; /* ok: win-symlink-leak */
	Dial->Buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, 256, DIAL_TAG);
	if (Dial->Buffer == NULL) {
		IoDeleteSymbolicLink(&link);
		return STATUS_INSUFFICIENT_RESOURCES; /* ok: win-symlink-leak */
	}
	return STATUS_SUCCESS; /* ok: win-symlink-leak */
}

/* Trap: the same name in another variable. */
VOID DialUnpublish(PDIAL Dial)
{
	UNICODE_STRING name;

	RtlInitUnicodeString(&name, L"\\DosDevices\\Dial");
	IoDeleteSymbolicLink(&name); /* ok: win-symlink-leak */
	ExFreePoolWithTag(Dial->Buffer, DIAL_TAG);
	Dial->Buffer = NULL;
}

/* Trap: the name is kept in the extension, and the link is deleted with it. */
NTSTATUS DialStart(PDIAL Dial, PUNICODE_STRING Name)
{
	NTSTATUS status;

	status = IoCreateSymbolicLink(&Dial->Link, Name);
	if (!NT_SUCCESS(status))
		return status;
	DbgPrint("link %wZ\n", &Dial->Link);
	return STATUS_SUCCESS; /* ok: win-symlink-leak */
}

VOID DialStop(PDIAL Dial)
{
	IoDeleteSymbolicLink(&Dial->Link);
}

/* Trap: a device interface instead of a link. */
/* trap: win-symlink-leak device-interface */
NTSTATUS DialRegister(PDIAL Dial, PDEVICE_OBJECT Pdo)
{
	NTSTATUS status;

	status = IoRegisterDeviceInterface(Pdo, &DialInterface, NULL, &Dial->Interface);
	if (!NT_SUCCESS(status))
		return status;
	status = IoSetDeviceInterfaceState(&Dial->Interface, TRUE);
	if (!NT_SUCCESS(status))
		RtlFreeUnicodeString(&Dial->Interface);
	return status; /* ok: win-symlink-leak */
}

/* Trap: an old link of this name is deleted first. */
NTSTATUS DialRefresh(PDIAL Dial, PUNICODE_STRING Name)
{
	IoDeleteSymbolicLink(&Dial->Link);
	return IoCreateSymbolicLink(&Dial->Link, Name); /* ok: win-symlink-leak */
}

VOID DialUnload(PDRIVER_OBJECT Driver)
{
	UNICODE_STRING link;

	RtlInitUnicodeString(&link, L"\\DosDevices\\DialControl");
	IoDeleteSymbolicLink(&link); /* ok: win-symlink-leak */
	IoDeleteDevice(Driver->DeviceObject);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING RegistryPath)
{
	UNICODE_STRING name, control;
	PDEVICE_OBJECT device;
	NTSTATUS status;

	RtlInitUnicodeString(&name, L"\\Device\\DialControl");
	RtlInitUnicodeString(&control, L"\\DosDevices\\DialControl");
	status = IoCreateDevice(Driver, 0, &name, FILE_DEVICE_UNKNOWN, 0, FALSE, &device);
	if (!NT_SUCCESS(status))
		return status;
	status = IoCreateSymbolicLink(&control, &name); /* ok: win-symlink-leak */
	if (!NT_SUCCESS(status)) {
		IoDeleteDevice(device);
		return status; /* ok: win-symlink-leak */
	}
	Driver->DriverUnload = DialUnload;
	if (RegistryPath->Length == 0) {
		IoDeleteSymbolicLink(&control);
		IoDeleteDevice(device);
		return STATUS_INVALID_PARAMETER; /* ok: win-symlink-leak */
	}
	return STATUS_SUCCESS; /* ok: win-symlink-leak */
}

/* Both go, in the less usual order. */
/* trap: win-symlink-leak order-swapped */
NTSTATUS DialReverse(PDRIVER_OBJECT Driver, PDIAL Dial, PUNICODE_STRING Name)
{
	PDEVICE_OBJECT device;
	NTSTATUS status;

	status = IoCreateDevice(Driver, 0, Name, FILE_DEVICE_UNKNOWN, 0, FALSE, &device);
	if (!NT_SUCCESS(status))
		return status;
	status = IoCreateSymbolicLink(&Dial->Link, Name);
	if (!NT_SUCCESS(status)) {
		IoDeleteDevice(device);
		return status;
	}
	status = IoRegisterShutdownNotification(device);
	if (!NT_SUCCESS(status)) {
		IoDeleteDevice(device);
		IoDeleteSymbolicLink(&Dial->Link);
		return status; /* ok: win-symlink-leak */
	}
	device->Flags &= ~DO_DEVICE_INITIALIZING;
	return STATUS_SUCCESS;
}
