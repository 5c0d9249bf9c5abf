#include "depot.h"

VOID DepotQueue(PDEPOT Depot, PIRP Irp)
{
	ExInterlockedInsertTailList(&Depot->Queue, &Irp->Tail.Overlay.ListEntry, &Depot->Lock);
}
