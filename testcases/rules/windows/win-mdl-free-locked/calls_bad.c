/* Locked in one helper, freed in another, unlocked in none. */
#include <ntddk.h>

static NTSTATUS EtcherLock(PMDL Mdl)
{
	__try {
		MmProbeAndLockPages(Mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

static VOID EtcherDrop(PMDL Mdl)
{
	IoFreeMdl(Mdl);
}

NTSTATUS EtcherTouch(PVOID Buffer, ULONG Length)
{
	PMDL mdl = IoAllocateMdl(Buffer, Length, FALSE, FALSE, NULL);
	NTSTATUS status;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = EtcherLock(mdl); /* note: win-mdl-free-locked "EtcherLock" */
	if (!NT_SUCCESS(status)) {
		IoFreeMdl(mdl);
		return status;
	}
	EtcherDrop(mdl); /* expect: win-mdl-free-locked "mdl" */
	return STATUS_SUCCESS;
}
