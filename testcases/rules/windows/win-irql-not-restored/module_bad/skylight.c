/* Another file raises and lowers the IRQL, and one path of this one forgets to lower it. */
#include "skylight.h"

NTSTATUS SkylightOpen(PSKYLIGHT Skylight)
{
	KIRQL irql = SkylightEnter(Skylight);

	if (Skylight->Jammed)
		return STATUS_DEVICE_BUSY; /* expect: win-irql-not-restored "" */
	Skylight->Angle = 90;
	SkylightLeave(Skylight, irql);
	return STATUS_SUCCESS;
}
