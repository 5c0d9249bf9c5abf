/* Locks and events in resident memory. */
#include <ntddk.h>

#define GONG_TAG 'gnoG'

struct gong {
	KSPIN_LOCK Lock;
	KEVENT Rung;
	EX_PUSH_LOCK Push;
	ULONG Count;
};

static KSPIN_LOCK gong_lock;
static FAST_MUTEX gong_mutex;

NTSTATUS GongCreate(struct gong **result)
{
	struct gong *gong = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*gong), GONG_TAG);

	if (gong == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	KeInitializeSpinLock(&gong->Lock);
	KeInitializeEvent(&gong->Rung, NotificationEvent, FALSE);
	*result = gong;
	return STATUS_SUCCESS;
}

/* trap: win-object-paged-storage device-extension */
NTSTATUS GongStart(PDEVICE_OBJECT device)
{
	struct gong *gong = device->DeviceExtension;

	KeInitializeSpinLock(&gong->Lock);
	KeInitializeSpinLock(&gong_lock);
	ExInitializeFastMutex(&gong_mutex);
	return STATUS_SUCCESS;
}

/* trap: win-object-paged-storage object-on-the-stack */
NTSTATUS GongWait(PDEVICE_OBJECT device, PIRP irp)
{
	KEVENT done;
	NTSTATUS status;

	KeInitializeEvent(&done, NotificationEvent, FALSE);
	irp->UserEvent = &done;
	status = IoCallDriver(device, irp);
	if (status == STATUS_PENDING)
		KeWaitForSingleObject(&done, Executive, KernelMode, FALSE, NULL);
	return status;
}

/* trap: win-object-paged-storage unknown-pool-type */
NTSTATUS GongAny(struct gong **result, POOL_TYPE type)
{
	struct gong *gong = ExAllocatePoolWithTag(type, sizeof(*gong), GONG_TAG);

	if (gong == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	KeInitializeSpinLock(&gong->Lock);
	*result = gong;
	return STATUS_SUCCESS;
}
