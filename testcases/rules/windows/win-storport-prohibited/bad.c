/* A miniport that helps itself. */
#include <ntddk.h>
#include <storport.h>

typedef struct _DISK {
	PVOID Ring;
	PVOID Log;
	PMDL Mdl;
	KEVENT Ready;
} DISK, *PDISK;

/* trap: win-storport-prohibited other-driver */
static BOOLEAN NTAPI DiskInitialize(PVOID Extension)
{
	PDISK disk = Extension;
	PHYSICAL_ADDRESS high;

	high.QuadPart = 0xffffffff;
	KeInitializeEvent(&disk->Ready, NotificationEvent, FALSE);
	disk->Ring = MmAllocateContiguousMemory(PAGE_SIZE, high); /* expect: win-storport-prohibited "MmAllocateContiguousMemory" */ /* note: win-storport-prohibited "MmAllocateContiguousMemory must not be" */
	disk->Log = ExAllocatePoolWithTag(NonPagedPoolNx, 512, 'ksiD'); /* expect: win-storport-prohibited "ExAllocatePoolWithTag" */
	return disk->Ring && disk->Log;
}

/* trap: win-storport-prohibited virtual-miniport */
static BOOLEAN NTAPI DiskStart(PVOID Extension, PSCSI_REQUEST_BLOCK Srb)
{
	PDISK disk = Extension;

	disk->Mdl = IoAllocateMdl(Srb->DataBuffer, Srb->DataTransferLength, FALSE, FALSE, NULL); /* expect: win-storport-prohibited "IoAllocateMdl" */
	return disk->Mdl != NULL;
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	HW_INITIALIZATION_DATA data = { 0 };

	data.HwInitializationDataSize = sizeof(data);
	data.HwInitialize = DiskInitialize;
	data.HwStartIo = DiskStart;
	data.DeviceExtensionSize = sizeof(DISK);
	return StorPortInitialize(Driver, Path, &data, NULL);
}
