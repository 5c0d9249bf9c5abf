/* Used in the calling process, or only its number is. */
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
DRIVER_DISPATCH KioskRead;
IO_WORKITEM_ROUTINE KioskWorker;

/* The system address of the locked pages is good anywhere. */
/* trap: win-user-wrong-context only-compared */
/* trap: win-user-wrong-context mapping-stored */
/* trap: win-user-wrong-context two-meanings */
VOID KioskWorker(PDEVICE_OBJECT Device, PVOID Context)
{
	PKIOSK kiosk = Context;

	UNREFERENCED_PARAMETER(Device);
	RtlCopyMemory(kiosk->Screen, kiosk->System, sizeof(kiosk->Screen)); /* ok: win-user-wrong-context */
	/* Trap: compared and printed, but not followed. */
	if (kiosk->Tag != NULL)
		DbgPrint("for %p\n", kiosk->Tag); /* ok: win-user-wrong-context */
	/* Trap: the field holds an address of the kernel, too, on other ways. */
	if (kiosk->Picture != NULL)
		kiosk->Screen[0] = *(PCHAR)kiosk->Picture; /* ok: win-user-wrong-context */
}

NTSTATUS KioskWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PKIOSK kiosk = Device->DeviceExtension;

	kiosk->System = MmGetSystemAddressForMdlSafe(Irp->MdlAddress, NormalPagePriority);
	kiosk->Tag = Irp->UserBuffer;
	kiosk->Picture = Irp->UserBuffer;
	if (kiosk->System != NULL)
		kiosk->Picture = kiosk->System;
	IoQueueWorkItem(kiosk->Item, KioskWorker, DelayedWorkQueue, kiosk);
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}

/* In the thread that asks. */
NTSTATUS KioskRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	PKIOSK kiosk = Device->DeviceExtension;

	__try {
		ProbeForWrite(Irp->UserBuffer, 64, 1); /* ok: win-user-wrong-context */
		RtlCopyMemory(Irp->UserBuffer, kiosk->Screen, 64); /* ok: win-user-wrong-context */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		kiosk->Screen[0] = 0;
	}
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}
