/* As wdm.h, for what the kit's wdmsec.h adds to it. */
#include "so2check_kernel.h"
#include_next <wdmsec.h>
#if defined(__MINGW64_VERSION_MAJOR) && !defined(SO2CHECK_WDMSEC_H)
#define SO2CHECK_WDMSEC_H
#ifdef __cplusplus
extern "C" {
#endif
#ifdef IoCreateDeviceSecure
#undef IoCreateDeviceSecure
NTSTATUS IoCreateDeviceSecure(PDRIVER_OBJECT DriverObject, ULONG DeviceExtensionSize, PUNICODE_STRING DeviceName,
			      DEVICE_TYPE DeviceType, ULONG DeviceCharacteristics, BOOLEAN Exclusive,
			      PCUNICODE_STRING DefaultSDDLString, LPCGUID DeviceClassGuid,
			      PDEVICE_OBJECT *DeviceObject);
#endif
#ifdef IoValidateDeviceIoControlAccess
#undef IoValidateDeviceIoControlAccess
NTSTATUS IoValidateDeviceIoControlAccess(PIRP Irp, ULONG RequiredAccess);
#endif
#ifdef __cplusplus
}
#endif
#endif
