/* The worker goes into the process that the address belongs to. */
#include <ntifs.h>

typedef struct _KIOSK {
	PIO_WORKITEM Item;
	PVOID Picture;
	PEPROCESS Process;
	CHAR Screen[64];
} KIOSK, *PKIOSK;

DRIVER_DISPATCH KioskWrite;
IO_WORKITEM_ROUTINE KioskWorker;

/* trap: win-user-wrong-context attached */
VOID KioskWorker(PDEVICE_OBJECT Device, PVOID Context)
{
	PKIOSK kiosk = Context;
	KAPC_STATE state;

	UNREFERENCED_PARAMETER(Device);
	KeStackAttachProcess(kiosk->Process, &state);
	__try {
		ProbeForRead(kiosk->Picture, sizeof(kiosk->Screen), 1); /* ok: win-user-wrong-context */
		RtlCopyMemory(kiosk->Screen, kiosk->Picture, sizeof(kiosk->Screen)); /* ok: win-user-wrong-context */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		kiosk->Screen[0] = 0;
	}
	KeUnstackDetachProcess(&state);
}

NTSTATUS KioskWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
	PKIOSK kiosk = Device->DeviceExtension;

	kiosk->Picture = Irp->UserBuffer;
	kiosk->Process = IoGetCurrentProcess();
	IoQueueWorkItem(kiosk->Item, KioskWorker, DelayedWorkQueue, kiosk);
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}
