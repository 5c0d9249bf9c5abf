/* Stored by a helper, used by another two calls below the work item. */
#include <ntddk.h>

typedef struct _KIOSK {
	PIO_WORKITEM Item;
	KDPC Dpc;
	PVOID Picture;
	PVOID System;
	PVOID Tag;
	CHAR Screen[64];
} KIOSK, *PKIOSK;

DRIVER_DISPATCH KioskWrite;
IO_WORKITEM_ROUTINE KioskWorker;

static VOID KioskShow(PKIOSK Kiosk)
{
	RtlCopyMemory(Kiosk->Screen, Kiosk->Picture, sizeof(Kiosk->Screen)); /* expect: win-user-wrong-context "Kiosk->Picture" */
}

static VOID KioskDraw(PKIOSK Kiosk)
{
	Kiosk->Screen[0] = 0;
	KioskShow(Kiosk); /* note: win-user-wrong-context "calls `KioskShow`" */
}

VOID KioskWorker(PDEVICE_OBJECT Device, PVOID Context) /* note: win-user-wrong-context "is called as work-item-routine" */
{
	UNREFERENCED_PARAMETER(Device);
	KioskDraw(Context); /* note: win-user-wrong-context "calls `KioskDraw`" */
}

static VOID KioskKeep(PKIOSK Kiosk, PVOID Picture)
{
	Kiosk->Picture = Picture;
}

NTSTATUS KioskWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PKIOSK kiosk = Device->DeviceExtension;

	KioskKeep(kiosk, Irp->UserBuffer);
	IoQueueWorkItem(kiosk->Item, KioskWorker, DelayedWorkQueue, kiosk);
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}
