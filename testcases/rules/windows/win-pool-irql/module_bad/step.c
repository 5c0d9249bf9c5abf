#include "granary.h"

VOID GranaryStep(PGRANARY Granary)
{
	Granary->Grain = ExAllocatePoolWithTag(PagedPool, 64, 'narG');
}
