/* The work item is in another file. */
#include "kiosk.h"

DRIVER_DISPATCH KioskWrite;

NTSTATUS KioskWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PKIOSK kiosk = Device->DeviceExtension;

	kiosk->Picture = Irp->UserBuffer;
	IoQueueWorkItem(kiosk->Item, KioskWorker, DelayedWorkQueue, kiosk);
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}
