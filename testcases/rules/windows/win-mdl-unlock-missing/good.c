/* Unlocked on every path, or by somebody else. */
#include <ntddk.h>

struct camera {
	PMDL Mdl;
	PUCHAR Frame;
	ULONG FrameLength;
	KDPC Dpc;
};

KDEFERRED_ROUTINE CameraDpc;

NTSTATUS CameraFill(PMDL mdl, UCHAR value)
{
	NTSTATUS status = STATUS_SUCCESS;
	PVOID va;

	__try {
		MmProbeAndLockPages(mdl, UserMode, IoWriteAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode(); /* ok: win-mdl-unlock-missing */
	}
	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
	if (va == NULL)
		status = STATUS_INSUFFICIENT_RESOURCES;
	else
		RtlFillMemory(va, MmGetMdlByteCount(mdl), value);
	MmUnlockPages(mdl);
	return status; /* ok: win-mdl-unlock-missing */
}

NTSTATUS CameraStore(struct camera *c)
{
	NTSTATUS status = STATUS_SUCCESS;
	PVOID va;

	__try {
		MmProbeAndLockPages(c->Mdl, KernelMode, IoWriteAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
		goto done;
	}
	if (MmGetMdlByteCount(c->Mdl) < c->FrameLength) {
		status = STATUS_BUFFER_TOO_SMALL;
		goto unlock;
	}
	va = MmGetSystemAddressForMdlSafe(c->Mdl, NormalPagePriority | MdlMappingNoExecute);
	if (va == NULL) {
		status = STATUS_INSUFFICIENT_RESOURCES;
		goto unlock;
	}
	RtlCopyMemory(va, c->Frame, c->FrameLength);
unlock:
	MmUnlockPages(c->Mdl);
done:
	return status; /* ok: win-mdl-unlock-missing */
}

/* Trap: a flag remembers what is locked. */
/* trap: win-mdl-unlock-missing locked-flag */
NTSTATUS CameraExchange(PMDL mdl, PVOID from, ULONG length)
{
	NTSTATUS status = STATUS_SUCCESS;
	BOOLEAN locked = FALSE;

	__try {
		MmProbeAndLockPages(mdl, UserMode, IoWriteAccess);
		locked = TRUE;
		ProbeForRead(from, length, 1);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	if (locked)
		MmUnlockPages(mdl);
	return status; /* ok: win-mdl-unlock-missing */
}

/* Trap: unlocked in __finally, whatever way the body is left. */
/* trap: win-mdl-unlock-missing termination-handler */
NTSTATUS CameraScan(PMDL mdl, ULONG lines, PULONG sum)
{
	PUCHAR va;
	ULONG i;

	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	__try {
		va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
		if (va == NULL)
			return STATUS_INSUFFICIENT_RESOURCES; /* ok: win-mdl-unlock-missing */
		for (i = 0; i < lines; i++) {
			if (va[i] == 0)
				return STATUS_DATA_ERROR; /* ok: win-mdl-unlock-missing */
			*sum += va[i];
		}
	} __finally {
		MmUnlockPages(mdl);
	}
	return STATUS_SUCCESS; /* ok: win-mdl-unlock-missing */
}

/* Trap: the locked MDL is kept for the transfer; the DPC unlocks it. */
/* trap: win-mdl-unlock-missing unlocked-later */
NTSTATUS CameraStart(struct camera *c, PVOID buffer, ULONG length)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoWriteAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	c->Mdl = mdl;
	return STATUS_SUCCESS; /* ok: win-mdl-unlock-missing */
}

VOID CameraDpc(PKDPC dpc, PVOID context, PVOID argument1, PVOID argument2)
{
	struct camera *c = context;

	UNREFERENCED_PARAMETER(dpc);
	UNREFERENCED_PARAMETER(argument1);
	UNREFERENCED_PARAMETER(argument2);
	MmUnlockPages(c->Mdl);
	IoFreeMdl(c->Mdl);
	c->Mdl = NULL;
}

/* Trap: locked for the caller, who unlocks. */
NTSTATUS CameraLock(PMDL mdl, LOCK_OPERATION operation)
{
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		MmProbeAndLockPages(mdl, UserMode, operation);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	return status; /* ok: win-mdl-unlock-missing */
}

/* Trap: the request carries the locked MDL to the lower driver, and its completion unlocks. */
/* trap: win-mdl-unlock-missing lower-driver */
NTSTATUS CameraForward(PDEVICE_OBJECT lower, PIRP request, PVOID buffer, ULONG length)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, KernelMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	request->MdlAddress = mdl;
	return IoCallDriver(lower, request); /* ok: win-mdl-unlock-missing */
}

NTSTATUS CameraClear(PMDL mdl)
{
	NTSTATUS status = STATUS_SUCCESS;
	PVOID va;

	__try {
		MmProbeAndLockPages(mdl, UserMode, IoWriteAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	__try {
		va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
		if (va == NULL) {
			status = STATUS_INSUFFICIENT_RESOURCES;
			__leave;
		}
		RtlZeroMemory(va, MmGetMdlByteCount(mdl));
	} __finally {
		MmUnlockPages(mdl);
	}
	return status; /* ok: win-mdl-unlock-missing */
}
