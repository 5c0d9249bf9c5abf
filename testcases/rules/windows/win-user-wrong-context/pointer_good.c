/* A function of a table uses the system address. */
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

typedef VOID KIOSK_SHOW(PKIOSK Kiosk);

static KIOSK_SHOW KioskShow, KioskClear;

static VOID KioskShow(PKIOSK Kiosk)
{
	RtlCopyMemory(Kiosk->Screen, Kiosk->System, sizeof(Kiosk->Screen)); /* ok: win-user-wrong-context */
}

static VOID KioskClear(PKIOSK Kiosk)
{
	RtlZeroMemory(Kiosk->Screen, sizeof(Kiosk->Screen));
}

static KIOSK_SHOW *const KioskModes[] = { KioskClear, KioskShow };

VOID KioskWorker(PDEVICE_OBJECT Device, PVOID Context)
{
	UNREFERENCED_PARAMETER(Device);
	KioskModes[1](Context);
}

NTSTATUS KioskWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PKIOSK kiosk = Device->DeviceExtension;

	kiosk->System = MmGetSystemAddressForMdlSafe(Irp->MdlAddress, NormalPagePriority);
	IoQueueWorkItem(kiosk->Item, KioskWorker, DelayedWorkQueue, kiosk);
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}
