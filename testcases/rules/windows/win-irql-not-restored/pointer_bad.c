/* The IRQL is raised and lowered through a table of functions, and one path forgets to lower it. */
#include <ntddk.h>

typedef struct _SKYLIGHT {
	ULONG Angle;
	BOOLEAN Jammed;
} SKYLIGHT, *PSKYLIGHT;

static KIRQL SkylightEnter(PSKYLIGHT Skylight)
{
	Skylight->Angle++;
	return KeRaiseIrqlToDpcLevel();
}

static VOID SkylightLeave(PSKYLIGHT Skylight, KIRQL Irql)
{
	Skylight->Angle--;
	KeLowerIrql(Irql);
}

typedef struct _SKYLIGHT_OPS {
	KIRQL (*Enter)(PSKYLIGHT Skylight);
	VOID (*Leave)(PSKYLIGHT Skylight, KIRQL Irql);
} SKYLIGHT_OPS;

static const SKYLIGHT_OPS SkylightOps = { .Enter = SkylightEnter, .Leave = SkylightLeave };

NTSTATUS SkylightOpen(PSKYLIGHT Skylight)
{
	KIRQL irql = SkylightOps.Enter(Skylight);

	if (Skylight->Jammed)
		return STATUS_DEVICE_BUSY; /* expect: win-irql-not-restored "" */
	Skylight->Angle = 90;
	SkylightOps.Leave(Skylight, irql);
	return STATUS_SUCCESS;
}
