/* What the authors of Windows drivers say about their functions, in SAL 2 and in
 * the older spelling, must reach the function it stands at: annotations.txt. */
#include <ntddk.h>

struct device_data {
	KSPIN_LOCK lock;
	_Guarded_by_(lock) LIST_ENTRY waiting;
};

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD unload;
DRIVER_ADD_DEVICE add_device;
_Dispatch_type_(IRP_MJ_READ) DRIVER_DISPATCH read;
_Dispatch_type_(IRP_MJ_CREATE) _Dispatch_type_(IRP_MJ_CLOSE) DRIVER_DISPATCH open_or_close;
__drv_dispatchType(IRP_MJ_WRITE) DRIVER_DISPATCH write;
DRIVER_DISPATCH_PAGED control;
DRIVER_STARTIO start_io;
DRIVER_CANCEL cancel;
IO_COMPLETION_ROUTINE completed;
KSERVICE_ROUTINE service;
KDEFERRED_ROUTINE deferred;
IO_WORKITEM_ROUTINE work;
KSTART_ROUTINE thread;
KSYNCHRONIZE_ROUTINE synchronized;
IO_TIMER_ROUTINE timer;
ALLOCATE_FUNCTION allocate;

_Function_class_(KDEFERRED_ROUTINE) VOID by_class(PKDPC dpc, PVOID context, PVOID first, PVOID second);

_IRQL_requires_max_(DISPATCH_LEVEL) _Must_inspect_result_ static NTSTATUS limited(void)
{
	return STATUS_SUCCESS;
}

__drv_maxIRQL(PASSIVE_LEVEL) __drv_sameIRQL static VOID limited_before(void)
{
}

_IRQL_raises_(DISPATCH_LEVEL) _IRQL_saves_ _Acquires_lock_(data->lock) static KIRQL
take(_Inout_ struct device_data *data)
{
	KIRQL old;

	KeAcquireSpinLock(&data->lock, &old);
	return old;
}

_Requires_lock_held_(data->lock) _Releases_lock_(data->lock) _IRQL_requires_(DISPATCH_LEVEL) static VOID
drop(_Inout_ struct device_data *data, _In_ _IRQL_restores_ KIRQL old)
{
	KeReleaseSpinLock(&data->lock, old);
}

_When_(return == 0, _Acquires_lock_(data->lock)) _Success_(return >= 0) static LONG
try_to_take(_In_opt_ struct device_data *data)
{
	return data ? 0 : -1;
}

_Kernel_float_saved_ static NTSTATUS save(_Out_ PKFLOATING_SAVE floating)
{
	return KeSaveFloatingPointState(floating);
}

/* The other generation's words about buffers say nothing here. */
static NTSTATUS fill(__in_bcount(size) const VOID *from, __out_bcount_part(size, *done) PVOID to, __in ULONG size,
		     __out_opt PULONG done)
{
	_Analysis_assume_(no_such_name > 1);
	RtlCopyMemory(to, from, size);
	if (done)
		*done = size;
	return STATUS_SUCCESS;
}

NTSTATUS read(PDEVICE_OBJECT device, PIRP irp)
{
	struct device_data *data = device->DeviceExtension;
	KIRQL old;

	ASSERT(irp != NULL);
	NT_ASSERT(data != NULL);
	PAGED_CODE()
	if (try_to_take(data) == 0) {
		old = take(data);
		drop(data, old);
	}
	limited_before();
	irp->IoStatus.Status = limited();
	save(NULL);
	fill(irp, device, 4, NULL);
	return STATUS_SUCCESS;
}
