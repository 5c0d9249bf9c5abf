/* A miniport that asks the port driver. */
#include <ntddk.h>
#include <storport.h>

typedef struct _DISK {
	PVOID Ring;
	PPORT_CONFIGURATION_INFORMATION Config;
} DISK, *PDISK;

static BOOLEAN NTAPI DiskInitialize(PVOID Extension)
{
	PDISK disk = Extension;

	disk->Ring = StorPortGetUncachedExtension(Extension, disk->Config, PAGE_SIZE);
	return disk->Ring != NULL;
}

static BOOLEAN NTAPI DiskStart(PVOID Extension, PSCSI_REQUEST_BLOCK Srb)
{
	UNREFERENCED_PARAMETER(Extension);
	Srb->SrbStatus = SRB_STATUS_SUCCESS;
	StorPortStallExecution(10);
	return TRUE;
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
