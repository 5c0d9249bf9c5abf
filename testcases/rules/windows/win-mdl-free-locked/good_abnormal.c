/* Trap: AbnormalTermination() is 0 where the block was left normally, that is, where the pages are locked. */
#include <ntddk.h>

VOID BarrelLock(PMDL Mdl)
{
	__try {
		MmProbeAndLockPages(Mdl, KernelMode, IoWriteAccess); /* expect: win-mdl-lock-no-seh "Mdl" */
	} __finally {
		if (AbnormalTermination())
			IoFreeMdl(Mdl); /* ok: win-mdl-free-locked */
	}
}
