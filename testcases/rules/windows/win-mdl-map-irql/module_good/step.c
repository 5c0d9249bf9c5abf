#include "atlas.h"

VOID AtlasStep(PATLAS Atlas)
{
	__try {
		Atlas->View = MmMapLockedPagesSpecifyCache(Atlas->Mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		Atlas->View = NULL;
	}
}
