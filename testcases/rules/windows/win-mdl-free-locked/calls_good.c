/* Locked in one helper, unlocked and freed in another. */
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
	MmUnlockPages(Mdl);
	IoFreeMdl(Mdl); /* ok: win-mdl-free-locked */
}

NTSTATUS EtcherTouch(PVOID Buffer, ULONG Length)
{
	PMDL mdl = IoAllocateMdl(Buffer, Length, FALSE, FALSE, NULL);
	NTSTATUS status;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = EtcherLock(mdl);
	if (!NT_SUCCESS(status)) {
		IoFreeMdl(mdl); /* ok: win-mdl-free-locked */
		return status;
	}
	EtcherDrop(mdl); /* ok: win-mdl-free-locked */
	return STATUS_SUCCESS;
}
