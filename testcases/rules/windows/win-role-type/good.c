/* Callbacks with the types of their roles. */
#include <ntddk.h>

static DRIVER_DISPATCH DoorRead;
static DRIVER_UNLOAD DoorUnload;
static KDEFERRED_ROUTINE DoorDpc;

struct door {
	KDPC Dpc;
	KTIMER Timer;
};

static NTSTATUS DoorFinish(PIRP Irp, NTSTATUS Status)
{
	Irp->IoStatus.Status = Status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return Status;
}

/* trap: win-role-type declared-in-a-header */
static NTSTATUS DoorRead(PDEVICE_OBJECT Device, PIRP Irp)
{
	UNREFERENCED_PARAMETER(Device);
	return DoorFinish(Irp, STATUS_SUCCESS);
}

static VOID DoorDpc(PKDPC Dpc, PVOID Context, PVOID First, PVOID Second)
{
	struct door *door = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(First);
	UNREFERENCED_PARAMETER(Second);
	KeCancelTimer(&door->Timer);
}

static _Function_class_(DRIVER_STARTIO) VOID DoorStart(PDEVICE_OBJECT Device, PIRP Irp)
{
	DoorFinish(Irp, STATUS_SUCCESS);
	IoStartNextPacket(Device, FALSE);
}

static VOID DoorUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
}

VOID DoorInit(struct door *door)
{
	KeInitializeDpc(&door->Dpc, DoorDpc, door);
}

/* trap: win-role-type called-by-name */
NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	UNREFERENCED_PARAMETER(Path);
	Driver->MajorFunction[IRP_MJ_READ] = DoorRead;
	Driver->DriverStartIo = DoorStart;
	Driver->DriverUnload = DoorUnload;
	return STATUS_SUCCESS;
}
