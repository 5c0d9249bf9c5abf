/* Requests completed with whatever stood in their status block. */
#include <ntddk.h>

typedef struct _PLOT {
	PDEVICE_OBJECT Lower;
	ULONG Pens;
	NTSTATUS Last;
} PLOT, *PPLOT;

DRIVER_DISPATCH PlotClose;
DRIVER_DISPATCH PlotRead;
DRIVER_DISPATCH PlotWrite;
DRIVER_DISPATCH PlotControl;
DRIVER_DISPATCH PlotFlush;

NTSTATUS PlotClose(PDEVICE_OBJECT Device, PIRP Irp)
{
	UNREFERENCED_PARAMETER(Device);
	IoCompleteRequest(Irp, IO_NO_INCREMENT); /* expect: win-irp-status-unset "IoStatus.Status" */
	return STATUS_SUCCESS;
}

/* Only the number of bytes is said. */
NTSTATUS PlotRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PPLOT plot = Device->DeviceExtension;

	*(PULONG)Irp->AssociatedIrp.SystemBuffer = plot->Pens; /* expect: win-irp-buffer-length "SystemBuffer" */
	Irp->IoStatus.Information = sizeof(ULONG);
	IoCompleteRequest(Irp, IO_NO_INCREMENT); /* expect: win-irp-status-unset "IoStatus.Status" */
	return STATUS_SUCCESS;
}

/* Only the status is said, on one of the ways. */
NTSTATUS PlotWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PPLOT plot = Device->DeviceExtension;

	if (plot->Pens == 0) { /* note: win-irp-status-unset "`plot->Pens == 0` is true" */
		Irp->IoStatus.Status = STATUS_SUCCESS;
		IoCompleteRequest(Irp, IO_NO_INCREMENT); /* expect: win-irp-status-unset "IoStatus.Information" */
		return STATUS_SUCCESS;
	}
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}

static VOID PlotNote(PPLOT Plot, NTSTATUS Status)
{
	Plot->Last = Status;
}

/* trap: win-irp-status-unset set-by-helper
 * The helper notes the status elsewhere. */
NTSTATUS PlotControl(PDEVICE_OBJECT Device, PIRP Irp)
{
	PlotNote(Device->DeviceExtension, STATUS_NOT_SUPPORTED);
	IoCompleteRequest(Irp, IO_NO_INCREMENT); /* expect: win-irp-status-unset "IoStatus.Status" */
	return STATUS_NOT_SUPPORTED;
}

/* trap: win-irp-status-unset set-below
 * trap: win-irp-status-unset default-status
 * Nobody below has seen it, and it is no request that comes with a status. */
NTSTATUS PlotFlush(PDEVICE_OBJECT Device, PIRP Irp)
{
	PPLOT plot = Device->DeviceExtension;
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);

	if (stack->MajorFunction == IRP_MJ_FLUSH_BUFFERS)
		plot->Pens = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT); /* expect: win-irp-status-unset "IoStatus.Status" */
	return STATUS_SUCCESS;
}
