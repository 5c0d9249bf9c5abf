/* Called below the lowest IRQL: from the unload routine in another file. */
#include "lantern.h"

DRIVER_UNLOAD LanternUnload;

VOID LanternUnload(PDRIVER_OBJECT Driver) /* note: win-irql-too-low "is called as driver-unload" */
{
	LanternTurn(Driver->DeviceObject->DeviceExtension); /* note: win-irql-too-low "calls `LanternTurn`" */
}
