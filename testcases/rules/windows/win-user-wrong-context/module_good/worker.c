#include "kiosk.h"

static VOID KioskShow(PKIOSK Kiosk)
{
	RtlCopyMemory(Kiosk->Screen, Kiosk->System, sizeof(Kiosk->Screen)); /* ok: win-user-wrong-context */
}

VOID KioskWorker(PDEVICE_OBJECT Device, PVOID Context)
{
	UNREFERENCED_PARAMETER(Device);
	KioskShow(Context);
}
