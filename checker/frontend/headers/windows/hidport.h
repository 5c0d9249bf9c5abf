/* HID minidrivers: registration and descriptors. mingw-w64 lacks the header. */
#ifndef SO2CHECK_HIDPORT
#define SO2CHECK_HIDPORT
#include <wdm.h>
typedef struct _HID_DEVICE_EXTENSION {
	PDEVICE_OBJECT PhysicalDeviceObject, NextDeviceObject;
	PVOID MiniDeviceExtension;
} HID_DEVICE_EXTENSION, *PHID_DEVICE_EXTENSION;
typedef struct _HID_MINIDRIVER_REGISTRATION {
	ULONG Revision;
	PDRIVER_OBJECT DriverObject;
	PUNICODE_STRING RegistryPath;
	ULONG DeviceExtensionSize;
	BOOLEAN DevicesArePolled;
	UCHAR Reserved[3];
} HID_MINIDRIVER_REGISTRATION, *PHID_MINIDRIVER_REGISTRATION;
typedef struct _HID_DESCRIPTOR {
	UCHAR bLength, bDescriptorType;
	USHORT bcdHID;
	UCHAR bCountry, bNumDescriptors;
	struct {
		UCHAR bReportType;
		USHORT wReportLength;
	} DescriptorList[1];
} HID_DESCRIPTOR, *PHID_DESCRIPTOR;
typedef struct _HID_DEVICE_ATTRIBUTES {
	ULONG Size;
	USHORT VendorID, ProductID, VersionNumber;
	USHORT Reserved[11];
} HID_DEVICE_ATTRIBUTES, *PHID_DEVICE_ATTRIBUTES;
#ifndef HID_REVISION
#define HID_REVISION 1
#endif
#endif
