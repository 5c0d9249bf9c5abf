/* The handle is closed on every path, or kept for unload. */
#include <ntddk.h>

typedef struct _LOOM {
	PVOID Thread;
	HANDLE Handle;
	KEVENT Stop, Done;
	ULONG Rounds;
} LOOM, *PLOOM;

static HANDLE LoomHandle;
static LOOM LoomGlobal;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD LoomUnload;
KSTART_ROUTINE LoomThread;

VOID LoomThread(PVOID Context)
{
	PLOOM loom = Context;

	KeWaitForSingleObject(&loom->Stop, Executive, KernelMode, FALSE, NULL);
	KeSetEvent(&loom->Done, IO_NO_INCREMENT, FALSE);
	PsTerminateSystemThread(STATUS_SUCCESS);
}

NTSTATUS LoomStartJoined(PLOOM Loom)
{
	NTSTATUS status;
	HANDLE thread;

	status = PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, LoomThread, Loom);
	if (!NT_SUCCESS(status))
		return status; /* ok: win-thread-handle-leak */
	status = ObReferenceObjectByHandle(thread, THREAD_ALL_ACCESS, *PsThreadType, KernelMode, &Loom->Thread, NULL);
	if (!NT_SUCCESS(status))
		KeSetEvent(&Loom->Stop, IO_NO_INCREMENT, FALSE);
	ZwClose(thread);
	return status; /* ok: win-thread-handle-leak */
}

VOID LoomStop(PLOOM Loom)
{
	KeSetEvent(&Loom->Stop, IO_NO_INCREMENT, FALSE);
	KeWaitForSingleObject(Loom->Thread, Executive, KernelMode, FALSE, NULL);
	ObDereferenceObject(Loom->Thread);
}

/* Trap: kept in a structure, closed by another routine. */
/* trap: win-thread-handle-leak closed-in-unload */
NTSTATUS LoomStartKept(PLOOM Loom)
{
	NTSTATUS status;
	HANDLE thread;

	status = PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, LoomThread, Loom);
	if (!NT_SUCCESS(status))
		return status;
	Loom->Handle = thread;
	return STATUS_SUCCESS; /* ok: win-thread-handle-leak */
}

NTSTATUS LoomStartInPlace(PLOOM Loom)
{
	return PsCreateSystemThread(&Loom->Handle, THREAD_ALL_ACCESS, NULL, NULL, NULL, LoomThread, Loom); /* ok: win-thread-handle-leak */
}

VOID LoomClose(PLOOM Loom)
{
	KeSetEvent(&Loom->Stop, IO_NO_INCREMENT, FALSE);
	KeWaitForSingleObject(&Loom->Done, Executive, KernelMode, FALSE, NULL);
	ZwClose(Loom->Handle);
}

/* Trap: handed to the caller. */
NTSTATUS LoomOpen(PLOOM Loom, PHANDLE Out)
{
	NTSTATUS status;
	HANDLE thread;

	status = PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, LoomThread, Loom);
	if (NT_SUCCESS(status))
		*Out = thread;
	return status; /* ok: win-thread-handle-leak */
}

/* Trap: a flag remembers whether there is a handle. */
NTSTATUS LoomOptional(PLOOM Loom, BOOLEAN Run)
{
	NTSTATUS status = STATUS_SUCCESS;
	HANDLE thread = NULL;

	if (Run) {
		status = PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, LoomThread, Loom);
		if (!NT_SUCCESS(status))
			return status;
	}
	Loom->Rounds++;
	if (thread != NULL)
		ZwClose(thread);
	return status; /* ok: win-thread-handle-leak */
}

/* Trap: a global variable, closed in unload. */
VOID LoomUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	KeSetEvent(&LoomGlobal.Stop, IO_NO_INCREMENT, FALSE);
	KeWaitForSingleObject(&LoomGlobal.Done, Executive, KernelMode, FALSE, NULL);
	ZwClose(LoomHandle);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING RegistryPath)
{
	UNREFERENCED_PARAMETER(RegistryPath);
	KeInitializeEvent(&LoomGlobal.Stop, NotificationEvent, FALSE);
	KeInitializeEvent(&LoomGlobal.Done, NotificationEvent, FALSE);
	Driver->DriverUnload = LoomUnload;
	return PsCreateSystemThread(&LoomHandle, THREAD_ALL_ACCESS, NULL, NULL, NULL, LoomThread, &LoomGlobal); /* ok: win-thread-handle-leak */
}
