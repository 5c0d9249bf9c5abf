/* Known gaps. */
#include <ntddk.h>

/* The MDL itself says whether its pages are locked. */
NTSTATUS TapeRelease(PMDL mdl)
{
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	if (mdl->MdlFlags & MDL_PAGES_LOCKED)
		MmUnlockPages(mdl); /* todo-ok: win-mdl-unlock-not-locked */
	return status; /* todo-ok: win-mdl-unlock-missing */
}
