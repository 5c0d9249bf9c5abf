/* Addresses of the calling process, used where another process runs. */
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
KDEFERRED_ROUTINE KioskDpc;
KSTART_ROUTINE KioskThread;
DRIVER_STARTIO KioskStart;

/* trap: win-user-wrong-context mapping-stored */
/* trap: win-user-wrong-context attached */
/* trap: win-user-wrong-context only-compared */
VOID KioskWorker(PDEVICE_OBJECT Device, PVOID Context) /* note: win-user-wrong-context "is called as work-item-routine" */
{
	PKIOSK kiosk = Context;

	UNREFERENCED_PARAMETER(Device);
	__try {
		RtlCopyMemory(kiosk->Screen, kiosk->Picture, sizeof(kiosk->Screen)); /* expect: win-user-wrong-context "kiosk->Picture" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		kiosk->Screen[0] = 0;
	}
}

/* Stored first in a variable. */
/* trap: win-user-wrong-context two-meanings */
VOID KioskDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PKIOSK kiosk = Context;
	PCHAR picture = kiosk->Picture;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	kiosk->Screen[0] = picture[0]; /* expect: win-user-wrong-context "picture" */
}

/* A probe in a thread asks about the wrong process. */
VOID KioskThread(PVOID Context)
{
	PKIOSK kiosk = Context;

	__try {
		ProbeForRead(kiosk->System, 64, 1); /* expect: win-user-wrong-context "ProbeForRead" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		kiosk->System = NULL;
	}
}

NTSTATUS KioskWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PKIOSK kiosk = Device->DeviceExtension;

	kiosk->Picture = Irp->UserBuffer; /* note: win-user-wrong-context "`KioskWrite` stores an address" */
	IoQueueWorkItem(kiosk->Item, KioskWorker, DelayedWorkQueue, kiosk);
	KeInsertQueueDpc(&kiosk->Dpc, NULL, NULL);
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}

VOID KioskUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	KeFlushQueuedDpcs();
}

/* Start I/O runs in whatever thread finished the last request. */
VOID KioskStart(PDEVICE_OBJECT Device, PIRP Irp)
{
	PKIOSK kiosk = Device->DeviceExtension;

	RtlCopyMemory(kiosk->Screen, Irp->UserBuffer, sizeof(kiosk->Screen)); /* expect: win-user-wrong-context "Irp->UserBuffer" */
	IoStartNextPacket(Device, FALSE);
}
