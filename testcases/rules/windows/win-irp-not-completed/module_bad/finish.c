#include "depot.h"

NTSTATUS DepotFinish(PIRP Irp, NTSTATUS Status)
{
	Irp->IoStatus.Status = Status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return Status;
}

NTSTATUS DepotValidate(PDEPOT Depot, PIRP Irp)
{
	if (Irp->Cancel)
		return DepotFinish(Irp, STATUS_CANCELLED);
	return STATUS_SUCCESS;
}
