/* The IRQL is raised and lowered by helpers, and one path forgets to. */
#include <ntddk.h>

typedef struct _SKYLIGHT {
	KSPIN_LOCK Lock;
	ULONG Angle;
	BOOLEAN Jammed;
} SKYLIGHT, *PSKYLIGHT;

static KIRQL SkylightEnter(PSKYLIGHT Skylight)
{
	KIRQL irql;

	KeRaiseIrql(DISPATCH_LEVEL, &irql);
	Skylight->Angle++;
	return irql;
}

static VOID SkylightLeave(PSKYLIGHT Skylight, KIRQL Irql)
{
	Skylight->Angle--;
	KeLowerIrql(Irql);
}

NTSTATUS SkylightOpen(PSKYLIGHT Skylight)
{
	KIRQL irql = SkylightEnter(Skylight); /* note: win-irql-not-restored "calls `SkylightEnter`" */

	if (Skylight->Jammed)
		return STATUS_DEVICE_BUSY; /* expect: win-irql-not-restored "" */
	Skylight->Angle = 90;
	SkylightLeave(Skylight, irql);
	return STATUS_SUCCESS;
}
