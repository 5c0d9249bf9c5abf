#include "belfry.h"

VOID BelfryStep(PBELFRY Belfry)
{
	IoDeleteSymbolicLink(&Belfry->Link);
}
