/* The IRQL is raised and lowered by helpers, on every path. */
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

static NTSTATUS SkylightLeave(PSKYLIGHT Skylight, KIRQL Irql, NTSTATUS Status)
{
	Skylight->Angle--;
	KeLowerIrql(Irql);
	return Status;
}

NTSTATUS SkylightOpen(PSKYLIGHT Skylight)
{
	KIRQL irql = SkylightEnter(Skylight);

	if (Skylight->Jammed)
		return SkylightLeave(Skylight, irql, STATUS_DEVICE_BUSY); /* ok: win-irql-not-restored */
	Skylight->Angle = 90;
	return SkylightLeave(Skylight, irql, STATUS_SUCCESS); /* ok: win-irql-not-restored */
}
