/* A frame buffer shown to the program that asks. */
#include <ntifs.h>

DRIVER_DISPATCH TileMap;
IO_WORKITEM_ROUTINE TileWork;
KSTART_ROUTINE TileThread;

struct tile {
	PMDL Mdl;
	PVOID View;
	PVOID System;
	PEPROCESS Process;
};

static PVOID TileShow(PMDL mdl)
{
	PVOID view;

	__try {
		view = MmMapLockedPagesSpecifyCache(mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		view = NULL;
	}
	return view;
}

/* trap: win-mdl-usermap-context dispatch-routine */
NTSTATUS TileMap(PDEVICE_OBJECT Device, PIRP Irp)
{
	struct tile *tile = Device->DeviceExtension;

	tile->View = TileShow(tile->Mdl);
	tile->Process = PsGetCurrentProcess();
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}

/* trap: win-mdl-usermap-context attached-process */
VOID TileWork(PDEVICE_OBJECT Device, PVOID Context)
{
	struct tile *tile = Context;
	KAPC_STATE state;

	UNREFERENCED_PARAMETER(Device);
	KeStackAttachProcess((PVOID)tile->Process, &state);
	tile->View = TileShow(tile->Mdl);
	KeUnstackDetachProcess(&state);
}

/* Into system space anybody may map. */
VOID TileThread(PVOID Context)
{
	struct tile *tile = Context;

	tile->System = MmMapLockedPagesSpecifyCache(tile->Mdl, KernelMode, MmCached, NULL, FALSE,
						    NormalPagePriority | MdlMappingNoExecute);
}
