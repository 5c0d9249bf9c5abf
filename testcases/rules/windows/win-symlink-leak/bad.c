/* Symbolic links that stay behind when a later step fails. */
#include <ntddk.h>

#define DIAL_TAG 'laiD'

typedef struct _DIAL {
	PVOID Buffer;
	PDEVICE_OBJECT Device;
	BOOLEAN Linked;
} DIAL, *PDIAL;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DialUnload;

/* The allocation fails and the link stays. */
/* trap: win-symlink-leak device-interface */
NTSTATUS DialPublish(PDIAL Dial, PUNICODE_STRING Name)
{
	UNICODE_STRING link;
	NTSTATUS status;

	RtlInitUnicodeString(&link, L"\\DosDevices\\Dial");
	status = IoCreateSymbolicLink(&link, Name); /* note: win-symlink-leak */
	if (!NT_SUCCESS(status))
		return status;
	Dial->Buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, 256, DIAL_TAG);
	if (Dial->Buffer == NULL)
		return STATUS_INSUFFICIENT_RESOURCES; /* expect: win-symlink-leak */
	Dial->Linked = TRUE;
	return STATUS_SUCCESS;
}

/* The ladder takes back all but the link. */
/* trap: win-symlink-leak order-swapped */
NTSTATUS DialCreate(PDRIVER_OBJECT Driver, PDIAL Dial)
{
	UNICODE_STRING name, link;
	PDEVICE_OBJECT device;
	NTSTATUS status;

	RtlInitUnicodeString(&name, L"\\Device\\Dial");
	RtlInitUnicodeString(&link, L"\\??\\Dial");
	status = IoCreateDevice(Driver, 0, &name, FILE_DEVICE_UNKNOWN, 0, FALSE, &device);
	if (!NT_SUCCESS(status))
		return status;
	status = IoCreateSymbolicLink(&link, &name); /* note: win-symlink-leak */
	if (!NT_SUCCESS(status))
		goto DeleteDevice;
	status = IoRegisterShutdownNotification(device);
	if (!NT_SUCCESS(status))
		goto DeleteDevice;
	device->Flags &= ~DO_DEVICE_INITIALIZING;
	Dial->Device = device;
	return STATUS_SUCCESS;
DeleteDevice:
	IoDeleteDevice(device);
	return status; /* expect: win-symlink-leak */
}

/* The second link fails and the first one is forgotten. */
NTSTATUS DialTwoNames(PUNICODE_STRING Name, PUNICODE_STRING First, PUNICODE_STRING Second)
{
	NTSTATUS status = IoCreateSymbolicLink(First, Name); /* note: win-symlink-leak */

	if (!NT_SUCCESS(status))
		return status;
	status = IoCreateUnprotectedSymbolicLink(Second, Name);
	if (!NT_SUCCESS(status))
		return status; /* expect: win-symlink-leak */
	return STATUS_SUCCESS;
}

VOID DialUnload(PDRIVER_OBJECT Driver)
{
	UNICODE_STRING link;

	RtlInitUnicodeString(&link, L"\\DosDevices\\DialControl");
	IoDeleteSymbolicLink(&link);
	IoDeleteDevice(Driver->DeviceObject);
}

/* DriverEntry fails: the unload routine is not called. */
NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING RegistryPath)
{
	UNICODE_STRING name, link;
	PDEVICE_OBJECT device;
	NTSTATUS status;

	RtlInitUnicodeString(&name, L"\\Device\\DialControl");
	RtlInitUnicodeString(&link, L"\\DosDevices\\DialControl");
	status = IoCreateDevice(Driver, 0, &name, FILE_DEVICE_UNKNOWN, 0, FALSE, &device);
	if (!NT_SUCCESS(status))
		return status;
	status = IoCreateSymbolicLink(&link, &name); /* note: win-symlink-leak */
	if (!NT_SUCCESS(status)) {
		IoDeleteDevice(device);
		return status;
	}
	Driver->DriverUnload = DialUnload;
	if (RegistryPath->Length == 0) {
		IoDeleteDevice(device);
		return STATUS_INVALID_PARAMETER; /* expect: win-symlink-leak */
	}
	return STATUS_SUCCESS;
}

/* The step that fails is in another file. */
NTSTATUS DialStartHardware(ULONG Port);

NTSTATUS DialOpen(PUNICODE_STRING Link, PUNICODE_STRING Name, ULONG Port)
{
	NTSTATUS status = IoCreateSymbolicLink(Link, Name);

	if (!NT_SUCCESS(status))
		return status;
	status = DialStartHardware(Port);
	if (!NT_SUCCESS(status))
		return status; /* expect: win-symlink-leak */
	return STATUS_SUCCESS;
}
