/* Power manager. */
#ifndef SO2CHECK_PO_H
#define SO2CHECK_PO_H

/* --- macros that become functions --- */
#ifdef PoSetDeviceBusy
#undef PoSetDeviceBusy
VOID PoSetDeviceBusy(PULONG IdlePointer);
#endif
#ifdef PoCallDriver
#undef PoCallDriver
NTSTATUS PoCallDriver(PDEVICE_OBJECT DeviceObject, PIRP Irp);
#endif

/* --- power framework: missing from mingw-w64 --- */
typedef VOID NTAPI PO_FX_DEVICE_POWER_REQUIRED_CALLBACK(PVOID Context);
typedef PO_FX_DEVICE_POWER_REQUIRED_CALLBACK *PPO_FX_DEVICE_POWER_REQUIRED_CALLBACK;
typedef VOID NTAPI PO_FX_DEVICE_POWER_NOT_REQUIRED_CALLBACK(PVOID Context);
typedef PO_FX_DEVICE_POWER_NOT_REQUIRED_CALLBACK *PPO_FX_DEVICE_POWER_NOT_REQUIRED_CALLBACK;
typedef struct _PO_FX_DEVICE {
	ULONG Version;
	ULONG ComponentCount;
	ULONGLONG Flags;
	PPO_FX_COMPONENT_ACTIVE_CONDITION_CALLBACK ComponentActiveConditionCallback;
	PPO_FX_COMPONENT_IDLE_CONDITION_CALLBACK ComponentIdleConditionCallback;
	PPO_FX_COMPONENT_IDLE_STATE_CALLBACK ComponentIdleStateCallback;
	PPO_FX_DEVICE_POWER_REQUIRED_CALLBACK DevicePowerRequiredCallback;
	PPO_FX_DEVICE_POWER_NOT_REQUIRED_CALLBACK DevicePowerNotRequiredCallback;
	PPO_FX_POWER_CONTROL_CALLBACK PowerControlCallback;
	PVOID DeviceContext;
	PO_FX_COMPONENT Components[1];
} PO_FX_DEVICE, *PPO_FX_DEVICE, PO_FX_DEVICE_V1, *PPO_FX_DEVICE_V1, PO_FX_DEVICE_V2, *PPO_FX_DEVICE_V2;
#ifndef PO_FX_FLAG_BLOCKING
#define PO_FX_FLAG_BLOCKING 1
#define PO_FX_FLAG_ASYNC_ONLY 2
#endif
NTSTATUS PoFxRegisterDevice(PDEVICE_OBJECT Pdo, PPO_FX_DEVICE Device, POHANDLE *Handle);
VOID PoFxUnregisterDevice(POHANDLE Handle);
VOID PoFxStartDevicePowerManagement(POHANDLE Handle);
VOID PoFxReportDevicePoweredOn(POHANDLE Handle);
VOID PoFxCompleteDevicePowerNotRequired(POHANDLE Handle);
VOID PoFxActivateComponent(POHANDLE Handle, ULONG Component, ULONG Flags);
VOID PoFxIdleComponent(POHANDLE Handle, ULONG Component, ULONG Flags);
VOID PoFxCompleteIdleCondition(POHANDLE Handle, ULONG Component);
VOID PoFxCompleteIdleState(POHANDLE Handle, ULONG Component);
VOID PoFxSetDeviceIdleTimeout(POHANDLE Handle, ULONGLONG IdleTimeout);
VOID PoFxSetComponentLatency(POHANDLE Handle, ULONG Component, ULONGLONG Latency);
VOID PoFxSetComponentResidency(POHANDLE Handle, ULONG Component, ULONGLONG Residency);
VOID PoFxSetComponentWake(POHANDLE Handle, ULONG Component, BOOLEAN WakeHint);

#endif
