#include "bell.h"

BOOLEAN BellSilence(PVOID Context)
{
	((PBELL)Context)->Rings = 0;
	return TRUE;
}

VOID BellQuiet(PBELL Bell)
{
	KeSynchronizeExecution(Bell->Interrupt, BellSilence, Bell); /* expect: win-syncexec "KeSynchronizeExecution" */
}
