/* Another file raises and lowers the IRQL. */
#include "skylight.h"

NTSTATUS SkylightOpen(PSKYLIGHT Skylight)
{
	KIRQL irql = SkylightEnter(Skylight);

	if (Skylight->Jammed) {
		SkylightLeave(Skylight, irql);
		return STATUS_DEVICE_BUSY; /* ok: win-irql-not-restored */
	}
	Skylight->Angle = 90;
	SkylightLeave(Skylight, irql);
	return STATUS_SUCCESS; /* ok: win-irql-not-restored */
}
