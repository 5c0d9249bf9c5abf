//w
struct ext { KSPIN_LOCK lock; FAST_MUTEX mutex; PULONG buffer; };
static NTSTATUS dispatch(PDEVICE_OBJECT device, PIRP irp)
{
	struct ext *e = device->DeviceExtension;
	NTSTATUS status = STATUS_SUCCESS;
	KIRQL irql;
	PULONG p = ExAllocatePoolWithTag(1, 4, 'abcd');
	__try {
		ProbeForWrite(irp->UserBuffer, 4, 1);
		*(PULONG)irp->UserBuffer = *p;
		if (!e)
			__leave;
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	__try {
		KeAcquireSpinLock(&e->lock, &irql);
		ExAcquireFastMutex(&e->mutex);
		if (!NT_SUCCESS(status))
			return status;
		e->buffer = p;
	} __finally {
		KeReleaseSpinLock(&e->lock, irql);
	}
	irp->IoStatus.Status = status;
	IoCompleteRequest(irp, 0);
	return irp->IoStatus.Status;
}
NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PVOID path)
{
	driver->MajorFunction[0] = dispatch;
	return STATUS_SUCCESS;
}
