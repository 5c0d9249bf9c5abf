/* A driver of the last century. */
#include <ntddk.h>

KSERVICE_ROUTINE AncientIsr;

struct ancient {
	PKINTERRUPT Interrupt;
	PMDL Mdl;
};

BOOLEAN AncientIsr(PKINTERRUPT Interrupt, PVOID Context)
{
	UNREFERENCED_PARAMETER(Interrupt);
	UNREFERENCED_PARAMETER(Context);
	return FALSE;
}

NTSTATUS AncientConnect(struct ancient *a, ULONG vector, KIRQL irql, KAFFINITY cpus)
{
	return IoConnectInterrupt(&a->Interrupt, AncientIsr, a, NULL, vector, irql, irql, /* expect: win-deprecated-api "IoConnectInterruptEx takes its place" */ /* note: win-deprecated-api "IoConnectInterrupt is deprecated:" */
				  LevelSensitive, TRUE, cpus, FALSE);
}

/* trap: win-deprecated-api told-once */
NTSTATUS AncientDescribe(struct ancient *a, PVOID buffer, ULONG length)
{
	a->Mdl = MmCreateMdl(NULL, buffer, length); /* expect: win-deprecated-api "MmCreateMdl is deprecated: IoAllocateMdl" */
	if (a->Mdl == NULL)
		a->Mdl = MmCreateMdl(NULL, buffer, length / 2);
	return a->Mdl == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* trap: win-deprecated-api wrapper-of-the-name */
ULONG AncientVersion(VOID)
{
	ULONG major, minor, build;

	PsGetVersion(&major, &minor, &build, NULL); /* expect: win-deprecated-api "PsGetVersion is deprecated: RtlGetVersion" */
	return major;
}
