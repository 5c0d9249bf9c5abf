#include "skylight.h"

KIRQL SkylightEnter(PSKYLIGHT Skylight)
{
	Skylight->Angle++;
	return KeRaiseIrqlToDpcLevel();
}

VOID SkylightLeave(PSKYLIGHT Skylight, KIRQL Irql)
{
	Skylight->Angle--;
	KeLowerIrql(Irql);
}
