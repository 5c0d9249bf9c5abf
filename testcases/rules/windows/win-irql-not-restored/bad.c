/* The IRQL is raised and not lowered on every path. */
#include <ntddk.h>

typedef struct _SKYLIGHT {
	KSPIN_LOCK Lock;
	ULONG Angle;
	BOOLEAN Jammed;
} SKYLIGHT, *PSKYLIGHT;

/* trap: win-irql-not-restored same-condition */
NTSTATUS SkylightOpen(PSKYLIGHT Skylight)
{
	KIRQL irql;

	KeRaiseIrql(DISPATCH_LEVEL, &irql); /* note: win-irql-not-restored "the IRQL is raised here" */
	if (Skylight->Jammed)
		return STATUS_DEVICE_BUSY; /* expect: win-irql-not-restored "KeRaiseIrql" */
	Skylight->Angle = 90;
	KeLowerIrql(irql);
	return STATUS_SUCCESS;
}

/* trap: win-irql-not-restored lock-lowers */
VOID SkylightTurn(PSKYLIGHT Skylight, ULONG Steps)
{
	KIRQL irql = KeRaiseIrqlToDpcLevel();

	while (Steps-- > 0) {
		if (Skylight->Jammed)
			return; /* expect: win-irql-not-restored "KeRaiseIrqlToDpcLevel" */
		Skylight->Angle++;
	}
	KeLowerIrql(irql);
}

/* Declared to keep the level. */
/* trap: win-irql-not-restored helper-pair */
_IRQL_requires_same_
VOID SkylightHold(PSKYLIGHT Skylight)
{
	KIRQL irql;

	KeRaiseIrql(DISPATCH_LEVEL, &irql);
	Skylight->Angle = irql;
} /* expect: win-irql-not-restored "SkylightHold returns here at dispatch level" */
