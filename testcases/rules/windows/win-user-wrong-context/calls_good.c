/* Used by helpers of the dispatch routine only. */
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
	__try {
		ProbeForRead(Kiosk->Picture, 64, 1); /* ok: win-user-wrong-context */
		RtlCopyMemory(Kiosk->Screen, Kiosk->Picture, 64); /* ok: win-user-wrong-context */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		Kiosk->Screen[0] = 0;
	}
}

VOID KioskWorker(PDEVICE_OBJECT Device, PVOID Context)
{
	UNREFERENCED_PARAMETER(Device);
	((PKIOSK)Context)->Picture = NULL;
}

static VOID KioskKeep(PKIOSK Kiosk, PVOID Picture)
{
	Kiosk->Picture = Picture;
}

NTSTATUS KioskWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PKIOSK kiosk = Device->DeviceExtension;

	KioskKeep(kiosk, Irp->UserBuffer);
	KioskShow(kiosk); /* ok: win-user-wrong-context */
	IoQueueWorkItem(kiosk->Item, KioskWorker, DelayedWorkQueue, kiosk);
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}
