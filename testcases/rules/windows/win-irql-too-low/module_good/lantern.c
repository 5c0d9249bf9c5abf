/* From the start I/O routine in another file. */
#include "lantern.h"

DRIVER_STARTIO LanternStart;

VOID LanternStart(PDEVICE_OBJECT Device, PIRP Irp)
{
	UNREFERENCED_PARAMETER(Irp);
	LanternTurn(Device->DeviceExtension); /* ok: win-irql-too-low */
}
