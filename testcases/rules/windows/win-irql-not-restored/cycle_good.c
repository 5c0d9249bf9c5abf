/* The IRQL is raised below functions that call each other, and lowered on every path. */
#include <ntddk.h>

typedef struct _SKYLIGHT {
	ULONG Angle;
	BOOLEAN Jammed;
} SKYLIGHT, *PSKYLIGHT;

static KIRQL SkylightNext(PSKYLIGHT Skylight, ULONG Rest);

static KIRQL SkylightFirst(PSKYLIGHT Skylight, ULONG Rest)
{
	if (Rest > 0)
		return SkylightNext(Skylight, Rest);
	return KeRaiseIrqlToDpcLevel();
}

static KIRQL SkylightNext(PSKYLIGHT Skylight, ULONG Rest)
{
	Skylight->Angle++;
	return SkylightFirst(Skylight, Rest - 1);
}

NTSTATUS SkylightOpen(PSKYLIGHT Skylight)
{
	KIRQL irql = SkylightFirst(Skylight, 3);

	if (Skylight->Jammed) {
		KeLowerIrql(irql);
		return STATUS_DEVICE_BUSY; /* ok: win-irql-not-restored */
	}
	Skylight->Angle = 90;
	KeLowerIrql(irql);
	return STATUS_SUCCESS; /* ok: win-irql-not-restored */
}
