typedef struct _DEVICE_EXTENSION {
	KSPIN_LOCK Lock;
	ULONG Count;
} DEVICE_EXTENSION, *PDEVICE_EXTENSION;

#define WPP_CONTROL_GUIDS WPP_DEFINE_CONTROL_GUID(Driver, (1, 2, 3, 4, 5), WPP_DEFINE_BIT(FLAG_READ))
/*
 * begin_wpp config
 * FUNC TraceEvents(LEVEL, FLAGS, MSG, ...);
 * end_wpp
 */
