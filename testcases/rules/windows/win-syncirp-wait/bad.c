/* Requests to the driver below, built for a caller that waits, and nobody does. */
#include <ntddk.h>

#define PROBE_IOC_LEVEL CTL_CODE(FILE_DEVICE_UNKNOWN, 0x801, METHOD_BUFFERED, FILE_ANY_ACCESS)

typedef struct _PROBE {
	PDEVICE_OBJECT Lower;
	IO_STATUS_BLOCK LastStatus;
	ULONG Level;
} PROBE, *PPROBE;

/* The status of the driver below is passed on as it came. */
NTSTATUS ProbeFlush(PPROBE Probe)
{
	IO_STATUS_BLOCK iosb;
	KEVENT done;
	PIRP irp;

	KeInitializeEvent(&done, NotificationEvent, FALSE);
	irp = IoBuildSynchronousFsdRequest(IRP_MJ_FLUSH_BUFFERS, Probe->Lower, NULL, 0, NULL, &done, &iosb);
	if (irp == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	return IoCallDriver(Probe->Lower, irp); /* expect: win-syncirp-wait "irp" */
}

/* Success is taken for the end of the request. */
NTSTATUS ProbeLevel(PPROBE Probe)
{
	IO_STATUS_BLOCK iosb;
	ULONG level = 0;
	NTSTATUS status;
	KEVENT done;
	PIRP irp;

	KeInitializeEvent(&done, NotificationEvent, FALSE);
	irp = IoBuildDeviceIoControlRequest(PROBE_IOC_LEVEL, Probe->Lower, NULL, 0, &level, sizeof(level), FALSE,
					    &done, &iosb);
	if (irp == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = IoCallDriver(Probe->Lower, irp); /* note: win-syncirp-wait "may keep irp" */
	if (!NT_SUCCESS(status))
		return status;
	Probe->Level = level;
	return STATUS_SUCCESS; /* expect: win-syncirp-wait "irp" */
}

/* The status block outlives the function; the event does not. */
/* trap: win-syncirp-wait not-on-stack */
VOID ProbeShutdown(PPROBE Probe)
{
	KEVENT done;
	PIRP irp;

	KeInitializeEvent(&done, NotificationEvent, FALSE);
	irp = IoBuildSynchronousFsdRequest(IRP_MJ_SHUTDOWN, Probe->Lower, NULL, 0, NULL, &done, &Probe->LastStatus);
	if (irp != NULL)
		IoCallDriver(Probe->Lower, irp);
} /* expect: win-syncirp-wait "irp" */

static VOID ProbeNote(PKEVENT Event, NTSTATUS Status)
{
	if (KeReadStateEvent(Event) == 0)
		DbgPrint("probe: not yet done, %x\n", Status);
}

/* The helper only looks. */
/* trap: win-syncirp-wait helper-waits */
NTSTATUS ProbeAsk(PPROBE Probe)
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
	if (status == STATUS_PENDING)
		ProbeNote(&done, status);
	return status; /* expect: win-syncirp-wait "irp" */
}

/* The test is the wrong way round. */
/* trap: win-syncirp-wait always-waits */
NTSTATUS ProbeFlushAgain(PPROBE Probe)
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
	if (status != STATUS_PENDING) {
		KeWaitForSingleObject(&done, Executive, KernelMode, FALSE, NULL);
		status = iosb.Status;
	}
	return status; /* expect: win-syncirp-wait "irp" */
}

/* The I/O manager has freed it when the wait is over. */
NTSTATUS ProbeFlushAndFree(PPROBE Probe)
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
	IoFreeIrp(irp); /* expect: win-syncirp-wait "IoFreeIrp" */
	return status;
}
