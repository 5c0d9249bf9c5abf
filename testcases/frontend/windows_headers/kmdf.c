/* A framework driver: what every KMDF driver says. */
#include <ntddk.h>
#include <wdf.h>

typedef struct _DEVICE_CONTEXT {
	WDFQUEUE queue;
	WDFSPINLOCK lock;
	WDFTIMER timer;
	ULONG opened;
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, device_context)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD device_add;
EVT_WDF_DEVICE_PREPARE_HARDWARE prepare;
EVT_WDF_DEVICE_D0_ENTRY power_up;
EVT_WDF_IO_QUEUE_IO_READ read;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL control;
EVT_WDF_TIMER expired;

VOID expired(WDFTIMER timer)
{
	PDEVICE_CONTEXT context = device_context(WdfTimerGetParentObject(timer));

	WdfSpinLockAcquire(context->lock);
	context->opened = 0;
	WdfSpinLockRelease(context->lock);
}

VOID read(WDFQUEUE queue, WDFREQUEST request, size_t length)
{
	PDEVICE_CONTEXT context = device_context(WdfIoQueueGetDevice(queue));
	PVOID buffer;
	NTSTATUS status = WdfRequestRetrieveOutputBuffer(request, length, &buffer, NULL);

	if (!NT_SUCCESS(status)) {
		WdfRequestComplete(request, status);
		return;
	}
	WdfSpinLockAcquire(context->lock);
	RtlZeroMemory(buffer, length);
	WdfSpinLockRelease(context->lock);
	WdfRequestCompleteWithInformation(request, STATUS_SUCCESS, length);
}

VOID control(WDFQUEUE queue, WDFREQUEST request, size_t output, size_t input, ULONG code)
{
	UNREFERENCED_PARAMETER(queue);
	UNREFERENCED_PARAMETER(output);
	UNREFERENCED_PARAMETER(input);
	WdfRequestComplete(request, code ? STATUS_NOT_SUPPORTED : STATUS_SUCCESS);
}

NTSTATUS prepare(WDFDEVICE device, WDFCMRESLIST raw, WDFCMRESLIST translated)
{
	PCM_PARTIAL_RESOURCE_DESCRIPTOR descriptor = WdfCmResourceListGetDescriptor(translated, 0);

	UNREFERENCED_PARAMETER(device);
	UNREFERENCED_PARAMETER(raw);
	return descriptor ? STATUS_SUCCESS : STATUS_DEVICE_CONFIGURATION_ERROR;
}

NTSTATUS power_up(WDFDEVICE device, WDF_POWER_DEVICE_STATE previous)
{
	return device_context(device)->opened && previous == WdfPowerDeviceD3 ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL;
}

NTSTATUS device_add(WDFDRIVER driver, PWDFDEVICE_INIT init)
{
	WDF_PNPPOWER_EVENT_CALLBACKS callbacks;
	WDF_OBJECT_ATTRIBUTES attributes;
	WDF_IO_QUEUE_CONFIG config;
	WDF_TIMER_CONFIG timer;
	WDFDEVICE device;
	NTSTATUS status;

	UNREFERENCED_PARAMETER(driver);
	PAGED_CODE();
	WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
	callbacks.EvtDevicePrepareHardware = prepare;
	callbacks.EvtDeviceD0Entry = power_up;
	WdfDeviceInitSetPnpPowerEventCallbacks(init, &callbacks);
	WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DEVICE_CONTEXT);
	status = WdfDeviceCreate(&init, &attributes, &device);
	if (!NT_SUCCESS(status))
		return status;
	WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
	config.EvtIoRead = read;
	config.EvtIoDeviceControl = control;
	status = WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &device_context(device)->queue);
	if (!NT_SUCCESS(status))
		return status;
	WDF_TIMER_CONFIG_INIT_PERIODIC(&timer, expired, 1000);
	WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
	attributes.ParentObject = device;
	status = WdfTimerCreate(&timer, &attributes, &device_context(device)->timer);
	if (NT_SUCCESS(status))
		status = WdfSpinLockCreate(&attributes, &device_context(device)->lock);
	return status;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
	WDF_DRIVER_CONFIG config;

	WDF_DRIVER_CONFIG_INIT(&config, device_add);
	return WdfDriverCreate(driver, path, WDF_NO_OBJECT_ATTRIBUTES, &config, WDF_NO_HANDLE);
}
