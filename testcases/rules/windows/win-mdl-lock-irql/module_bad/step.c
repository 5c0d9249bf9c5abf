#include "quarry.h"

VOID QuarryStep(PQUARRY Quarry)
{
	__try {
		MmProbeAndLockPages(Quarry->Mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		Quarry->Mdl = NULL;
	}
}
