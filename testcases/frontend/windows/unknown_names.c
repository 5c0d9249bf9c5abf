/* Names that no header here declares: every call must survive them. */
#include <wdm.h>

DRIVER_DISPATCH Dispatch;

typedef struct _CONTEXT_AREA {
	VENDOR_HANDLE Handle;
	PVENDOR_DEVICE Device;
} CONTEXT_AREA;

const VENDOR_ENTRY Entries[] = { Dispatch };

NTSTATUS Dispatch(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	CONTEXT_AREA *area = DeviceObject->DeviceExtension;
	PVENDOR_BLOCK *block = NULL;

	VendorOpen(&area->Handle, VENDOR_FLAG_ONE | VENDOR_FLAG_TWO);
	ExFreePoolWithTag(area->Device, VENDOR_TAG);
	if (!VendorCheck(area->Handle))
		return STATUS_VENDOR_FAILURE;
	IoMarkIrpPending(Irp);
	VendorStart(block, VendorRoutine);
	VENDOR_CONFIG config;
	VENDOR_CONFIG_INIT(&config, sizeof(VENDOR_CONFIG));
	config.Routine = Dispatch;
	PVENDOR_EXTENSION extension = (PVENDOR_EXTENSION)area->Device;
	KeAcquireSpinLockAtDpcLevel(&extension->Lock);
	switch (extension->Kind) {
	case VENDOR_KIND_ONE:
	case VENDOR_KIND_TWO:
		VendorStop(extension->Pool);
		break;
	}
	return STATUS_PENDING;
}
