/* Status blocks that somebody has filled in. */
#include <ntddk.h>

typedef struct _PLOT {
	PDEVICE_OBJECT Lower;
	ULONG Pens;
} PLOT, *PPLOT;

DRIVER_DISPATCH PlotClose;
DRIVER_DISPATCH PlotRead;
DRIVER_DISPATCH PlotWrite;
DRIVER_DISPATCH PlotPnp;
DRIVER_DISPATCH PlotStart;
DRIVER_DISPATCH PlotSet;
IO_COMPLETION_ROUTINE PlotDone;

NTSTATUS PlotClose(PDEVICE_OBJECT Device, PIRP Irp)
{
	UNREFERENCED_PARAMETER(Device);
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT); /* ok: win-irp-status-unset */
	return STATUS_SUCCESS;
}

static VOID PlotFill(PIRP Irp, NTSTATUS Status, ULONG_PTR Information)
{
	Irp->IoStatus.Status = Status;
	Irp->IoStatus.Information = Information;
}

static NTSTATUS PlotComplete(PIRP Irp, NTSTATUS Status)
{
	PlotFill(Irp, Status, 0);
	IoCompleteRequest(Irp, IO_NO_INCREMENT); /* ok: win-irp-status-unset */
	return Status;
}

NTSTATUS PlotFillElsewhere(PIRP Irp);

/* trap: win-irp-status-unset set-by-helper */
NTSTATUS PlotRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PPLOT plot = Device->DeviceExtension;

	if (plot->Pens == 0)
		return PlotComplete(Irp, STATUS_DEVICE_NOT_READY);
	PlotFill(Irp, STATUS_SUCCESS, plot->Pens);
	IoCompleteRequest(Irp, IO_NO_INCREMENT); /* ok: win-irp-status-unset */
	return STATUS_SUCCESS;
}

NTSTATUS PlotWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PPLOT plot = Device->DeviceExtension;
	NTSTATUS status;

	if (plot->Pens == 0) {
		Irp->IoStatus.Status = STATUS_DEVICE_NOT_READY; /* with an error nobody looks at the bytes */
		IoCompleteRequest(Irp, IO_NO_INCREMENT); /* ok: win-irp-status-unset */
		return STATUS_DEVICE_NOT_READY;
	}
	status = PlotFillElsewhere(Irp);
	IoCompleteRequest(Irp, IO_NO_INCREMENT); /* ok: win-irp-status-unset */
	return status;
}

/* trap: win-irp-status-unset set-below */
NTSTATUS PlotStart(PDEVICE_OBJECT Device, PIRP Irp)
{
	PPLOT plot = Device->DeviceExtension;
	BOOLEAN sent = IoForwardIrpSynchronously(plot->Lower, Irp);

	if (!sent)
		return PlotComplete(Irp, STATUS_INVALID_DEVICE_REQUEST);
	plot->Pens = 4;
	IoCompleteRequest(Irp, IO_NO_INCREMENT); /* ok: win-irp-status-unset */
	return STATUS_SUCCESS;
}

/* ... by a completion routine. */
NTSTATUS PlotDone(PDEVICE_OBJECT Device, PIRP Irp, PVOID Context)
{
	UNREFERENCED_PARAMETER(Device);
	UNREFERENCED_PARAMETER(Context);
	if (Irp->PendingReturned)
		IoMarkIrpPending(Irp);
	return STATUS_CONTINUE_COMPLETION;
}

/* trap: win-irp-status-unset default-status */
NTSTATUS PlotPnp(PDEVICE_OBJECT Device, PIRP Irp)
{
	PPLOT plot = Device->DeviceExtension;
	NTSTATUS status;

	switch (IoGetCurrentIrpStackLocation(Irp)->MinorFunction) {
	case IRP_MN_STOP_DEVICE:
		plot->Pens = 0;
		Irp->IoStatus.Status = STATUS_SUCCESS;
		break;
	default:
		break;
	}
	status = Irp->IoStatus.Status;
	IoCompleteRequest(Irp, IO_NO_INCREMENT); /* ok: win-irp-status-unset */
	return status;
}

/* As a whole. */
NTSTATUS PlotSet(PDEVICE_OBJECT Device, PIRP Irp)
{
	IO_STATUS_BLOCK block = { 0 };

	UNREFERENCED_PARAMETER(Device);
	block.Status = STATUS_SUCCESS;
	Irp->IoStatus = block;
	IoCompleteRequest(Irp, IO_NO_INCREMENT); /* ok: win-irp-status-unset */
	return STATUS_SUCCESS;
}
