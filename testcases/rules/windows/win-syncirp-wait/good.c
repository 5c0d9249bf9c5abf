/* Requests to the driver below that are waited for, in all the ways there are. */
#include <ntddk.h>

typedef struct _PROBE {
	PDEVICE_OBJECT Lower;
	IO_STATUS_BLOCK Status;
	KEVENT Done;
	KEVENT Stop;
} PROBE, *PPROBE;

NTSTATUS ProbeAwait(PKEVENT Event);

NTSTATUS ProbeFlush(PPROBE Probe)
{
	IO_STATUS_BLOCK iosb;
	NTSTATUS status;
	KEVENT done;
	PIRP irp;

	KeInitializeEvent(&done, NotificationEvent, FALSE);
	irp = IoBuildSynchronousFsdRequest(IRP_MJ_FLUSH_BUFFERS, Probe->Lower, NULL, 0, NULL, &done, &iosb);
	if (irp == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = IoCallDriver(Probe->Lower, irp);
	if (status == STATUS_PENDING) {
		KeWaitForSingleObject(&done, Executive, KernelMode, FALSE, NULL);
		status = iosb.Status;
	}
	return status; /* ok: win-syncirp-wait */
}

/* Trap: pending is a success, too. */
NTSTATUS ProbeFlushSwitch(PPROBE Probe)
{
	IO_STATUS_BLOCK iosb;
	NTSTATUS status;
	KEVENT done;
	PIRP irp;

	KeInitializeEvent(&done, NotificationEvent, FALSE);
	irp = IoBuildSynchronousFsdRequest(IRP_MJ_FLUSH_BUFFERS, Probe->Lower, NULL, 0, NULL, &done, &iosb);
	if (irp == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = IoCallDriver(Probe->Lower, irp);
	switch (status) {
	case STATUS_SUCCESS:
		return status; /* ok: win-syncirp-wait */
	case STATUS_PENDING:
		KeWaitForSingleObject(&done, Executive, KernelMode, FALSE, NULL);
		return iosb.Status; /* ok: win-syncirp-wait */
	default:
		return status; /* ok: win-syncirp-wait */
	}
}

/* Trap: whatever the driver below returns, the event comes. */
/* trap: win-syncirp-wait always-waits */
NTSTATUS ProbeFlushAlways(PPROBE Probe)
{
	IO_STATUS_BLOCK iosb;
	NTSTATUS status;
	KEVENT done;
	PIRP irp;

	KeInitializeEvent(&done, NotificationEvent, FALSE);
	irp = IoBuildSynchronousFsdRequest(IRP_MJ_FLUSH_BUFFERS, Probe->Lower, NULL, 0, NULL, &done, &iosb);
	if (irp == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = IoCallDriver(Probe->Lower, irp);
	if (NT_SUCCESS(status))
		KeWaitForSingleObject(&done, Executive, KernelMode, FALSE, NULL);
	return status; /* ok: win-syncirp-wait */
}

/* Trap: somebody else waits for it, later. */
/* trap: win-syncirp-wait not-on-stack */
NTSTATUS ProbeFlushLater(PPROBE Probe)
{
	PIRP irp;

	KeClearEvent(&Probe->Done);
	irp = IoBuildSynchronousFsdRequest(IRP_MJ_FLUSH_BUFFERS, Probe->Lower, NULL, 0, NULL, &Probe->Done,
					   &Probe->Status);
	if (irp == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	return IoCallDriver(Probe->Lower, irp); /* ok: win-syncirp-wait */
}

static VOID ProbeWait(PKEVENT Event)
{
	KeWaitForSingleObject(Event, Executive, KernelMode, FALSE, NULL);
}

/* trap: win-syncirp-wait helper-waits */
NTSTATUS ProbeFlushHelped(PPROBE Probe)
{
	IO_STATUS_BLOCK iosb;
	NTSTATUS status;
	KEVENT done;
	PIRP irp;

	KeInitializeEvent(&done, NotificationEvent, FALSE);
	irp = IoBuildSynchronousFsdRequest(IRP_MJ_FLUSH_BUFFERS, Probe->Lower, NULL, 0, NULL, &done, &iosb);
	if (irp == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = IoCallDriver(Probe->Lower, irp);
	if (status != STATUS_PENDING)
		return status; /* ok: win-syncirp-wait */
	ProbeWait(&done);
	return iosb.Status; /* ok: win-syncirp-wait */
}

/* Trap: the helper is in another file. */
NTSTATUS ProbeFlushElsewhere(PPROBE Probe)
{
	IO_STATUS_BLOCK iosb;
	KEVENT done;
	PIRP irp;

	KeInitializeEvent(&done, NotificationEvent, FALSE);
	irp = IoBuildSynchronousFsdRequest(IRP_MJ_FLUSH_BUFFERS, Probe->Lower, NULL, 0, NULL, &done, &iosb);
	if (irp == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (IoCallDriver(Probe->Lower, irp) == STATUS_PENDING)
		return ProbeAwait(&done); /* ok: win-syncirp-wait */
	return iosb.Status;
}

/* Trap: the helper sends it and waits. */
static NTSTATUS ProbeSend(PPROBE Probe, PIRP Irp, PKEVENT Event, PIO_STATUS_BLOCK Status)
{
	NTSTATUS status = IoCallDriver(Probe->Lower, Irp);

	if (status == STATUS_PENDING) {
		KeWaitForSingleObject(Event, Executive, KernelMode, FALSE, NULL);
		status = Status->Status;
	}
	return status; /* ok: win-syncirp-wait */
}

NTSTATUS ProbeFlushSent(PPROBE Probe)
{
	IO_STATUS_BLOCK iosb;
	KEVENT done;
	PIRP irp;

	KeInitializeEvent(&done, NotificationEvent, FALSE);
	irp = IoBuildSynchronousFsdRequest(IRP_MJ_FLUSH_BUFFERS, Probe->Lower, NULL, 0, NULL, &done, &iosb);
	if (irp == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	return ProbeSend(Probe, irp, &done, &iosb); /* ok: win-syncirp-wait */
}

/* Trap: one of several events. */
NTSTATUS ProbeFlushOrStop(PPROBE Probe)
{
	IO_STATUS_BLOCK iosb;
	PVOID events[2];
	NTSTATUS status;
	KEVENT done;
	PIRP irp;

	KeInitializeEvent(&done, NotificationEvent, FALSE);
	irp = IoBuildSynchronousFsdRequest(IRP_MJ_FLUSH_BUFFERS, Probe->Lower, NULL, 0, NULL, &done, &iosb);
	if (irp == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	events[0] = &done;
	events[1] = &Probe->Stop;
	status = IoCallDriver(Probe->Lower, irp);
	if (status == STATUS_PENDING) {
		KeWaitForMultipleObjects(2, events, WaitAll, Executive, KernelMode, FALSE, NULL, NULL);
		status = iosb.Status;
	}
	return status; /* ok: win-syncirp-wait */
}

/* Trap: of the driver's own, without a thread that it belongs to. */
VOID ProbeForget(PPROBE Probe)
{
	PIRP irp = IoAllocateIrp(Probe->Lower->StackSize, FALSE);

	if (irp != NULL)
		IoFreeIrp(irp); /* ok: win-syncirp-wait */
}
