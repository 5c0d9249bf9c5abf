/* A virtual miniport has no hardware, and may use the kernel as any driver. */
#include <ntddk.h>
#include <storport.h>

/* As a newer storport.h has it. */
typedef struct _DISK_INITIALIZATION_DATA {
	HW_INITIALIZATION_DATA Common;
	BOOLEAN(NTAPI *HwProcessServiceRequest)(PVOID Extension, PVOID Irp);
} DISK_INITIALIZATION_DATA;

typedef struct _DISK {
	PVOID Image;
} DISK, *PDISK;

/* trap: win-storport-prohibited virtual-miniport */
static BOOLEAN NTAPI DiskInitialize(PVOID Extension)
{
	PDISK disk = Extension;

	disk->Image = ExAllocatePoolWithTag(NonPagedPoolNx, 512, 'ksiD');
	return disk->Image != NULL;
}

static BOOLEAN NTAPI DiskService(PVOID Extension, PVOID Irp)
{
	UNREFERENCED_PARAMETER(Extension);
	UNREFERENCED_PARAMETER(Irp);
	return TRUE;
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	DISK_INITIALIZATION_DATA data = { 0 };

	data.Common.HwInitializationDataSize = sizeof(data);
	data.Common.HwInitialize = DiskInitialize;
	data.Common.DeviceExtensionSize = sizeof(DISK);
	data.HwProcessServiceRequest = DiskService;
	return StorPortInitialize(Driver, Path, &data.Common, NULL);
}
