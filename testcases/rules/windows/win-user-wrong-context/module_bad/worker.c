#include "kiosk.h"

static VOID KioskShow(PKIOSK Kiosk)
{
	RtlCopyMemory(Kiosk->Screen, Kiosk->Picture, sizeof(Kiosk->Screen)); /* expect: win-user-wrong-context "Kiosk->Picture" */
}

VOID KioskWorker(PDEVICE_OBJECT Device, PVOID Context)
{
	UNREFERENCED_PARAMETER(Device);
	KioskShow(Context);
}
