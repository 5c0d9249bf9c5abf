/* A frame buffer shown to a program, from the wrong places. */
#include <ntddk.h>

IO_WORKITEM_ROUTINE PaneWork;
DRIVER_INITIALIZE DriverEntry;
KSTART_ROUTINE PaneThread;

struct pane {
	PMDL Mdl;
	PVOID View;
	PEPROCESS Process;
};

static struct pane pane_only;

static PVOID PaneMap(PMDL mdl)
{
	PVOID view;

	__try {
		view = MmMapLockedPagesSpecifyCache(mdl, UserMode, MmCached, NULL, FALSE, /* expect: win-mdl-usermap-context "maps mdl into the process" */
						    NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		view = NULL;
	}
	return view;
}

/* trap: win-mdl-usermap-context attached-process */
VOID PaneWork(PDEVICE_OBJECT Device, PVOID Context)
{
	struct pane *pane = Context;

	UNREFERENCED_PARAMETER(Device);
	__try {
		pane->View = MmMapLockedPagesSpecifyCache(pane->Mdl, UserMode, MmCached, NULL, FALSE, /* expect: win-mdl-usermap-context "pane->Mdl" */
							  NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		pane->View = NULL;
	}
}

VOID PaneThread(PVOID Context) /* note: win-mdl-usermap-context "`PaneThread` is called as system-thread, at" */
{
	struct pane *pane = Context;

	pane->View = PaneMap(pane->Mdl);
}

/* trap: win-mdl-usermap-context dispatch-routine */
NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	UNREFERENCED_PARAMETER(Driver);
	UNREFERENCED_PARAMETER(Path);
	__try {
		pane_only.View = MmMapLockedPagesSpecifyCache(pane_only.Mdl, UserMode, MmCached, NULL, FALSE, /* expect: win-mdl-usermap-context "pane_only.Mdl" */
							      NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}
