/* Callbacks with ordinary prototypes. */
#include <ntddk.h>

struct hatch {
	KDPC Dpc;
	KTIMER Timer;
};

static NTSTATUS HatchFinish(PIRP Irp, NTSTATUS Status)
{
	Irp->IoStatus.Status = Status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return Status;
}

/* trap: win-role-type declared-in-a-header */
static NTSTATUS HatchRead(PDEVICE_OBJECT Device, PIRP Irp) /* expect: win-role-type "HatchRead is registered as dispatch, but is not declared as DRIVER_DISPATCH" */
{
	UNREFERENCED_PARAMETER(Device);
	return HatchFinish(Irp, STATUS_SUCCESS);
}

static VOID HatchDpc(PKDPC Dpc, PVOID Context, PVOID First, PVOID Second) /* expect: win-role-type "not declared as KDEFERRED_ROUTINE" */
{
	struct hatch *hatch = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(First);
	UNREFERENCED_PARAMETER(Second);
	KeCancelTimer(&hatch->Timer);
}

/* trap: win-role-type called-by-name */
static VOID HatchUnload(PDRIVER_OBJECT Driver) /* expect: win-role-type "HatchUnload" */
{
	UNREFERENCED_PARAMETER(Driver);
}

VOID HatchInit(struct hatch *hatch)
{
	KeInitializeDpc(&hatch->Dpc, HatchDpc, hatch);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	UNREFERENCED_PARAMETER(Path);
	Driver->MajorFunction[IRP_MJ_READ] = HatchRead; /* note: win-role-type "HatchRead is registered as dispatch here" */
	Driver->DriverUnload = HatchUnload;
	return STATUS_SUCCESS;
}
