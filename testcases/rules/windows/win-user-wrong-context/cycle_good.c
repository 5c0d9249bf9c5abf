/* Helpers that call each other use the system address. */
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

static VOID KioskShow(PKIOSK Kiosk, ULONG Rest);

static VOID KioskDraw(PKIOSK Kiosk, ULONG Rest)
{
	if (Rest > 0)
		KioskShow(Kiosk, Rest);
}

static VOID KioskShow(PKIOSK Kiosk, ULONG Rest)
{
	Kiosk->Screen[Rest] = ((PCHAR)Kiosk->System)[Rest]; /* ok: win-user-wrong-context */
	KioskDraw(Kiosk, Rest - 1);
}

VOID KioskWorker(PDEVICE_OBJECT Device, PVOID Context)
{
	UNREFERENCED_PARAMETER(Device);
	KioskDraw(Context, 60);
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
