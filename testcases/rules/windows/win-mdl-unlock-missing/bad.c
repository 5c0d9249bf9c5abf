/* Pages that stay locked when the function is left. */
#include <ntddk.h>

struct camera {
	PMDL Mdl;
	PUCHAR Frame;
	ULONG FrameLength;
};

/* The mapping fails. */
NTSTATUS CameraCheck(PVOID buffer, ULONG length, PULONG first)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);
	PULONG va;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess); /* note: win-mdl-unlock-missing "mdl" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
	if (va == NULL)
		return STATUS_NO_MEMORY; /* expect: win-mdl-unlock-missing "mdl" */ /* expect: win-mdl-leak "mdl" */
	*first = va[0];
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}

/* The jump goes past the label that unlocks. */
/* trap: win-mdl-unlock-missing lower-driver */
NTSTATUS CameraStore(PVOID buffer, ULONG length, PVOID frame, ULONG frameLength)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);
	NTSTATUS status = STATUS_SUCCESS;
	PVOID va;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoWriteAccess); /* note: win-mdl-unlock-missing "mdl" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	if (length < frameLength) {
		status = STATUS_BUFFER_TOO_SMALL;
		goto done;
	}
	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
	if (va == NULL) {
		status = STATUS_INSUFFICIENT_RESOURCES;
		goto unlock;
	}
	RtlCopyMemory(va, frame, frameLength);
unlock:
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
done:
	return status; /* expect: win-mdl-unlock-missing "mdl" */ /* expect: win-mdl-leak "mdl" */
}

/* The flag says what was copied, not what is locked. */
/* trap: win-mdl-unlock-missing locked-flag */
VOID CameraPeek(PVOID buffer, PUCHAR first)
{
	PMDL mdl = IoAllocateMdl(buffer, 1, FALSE, FALSE, NULL);
	BOOLEAN copied = FALSE;
	PUCHAR va;

	if (mdl == NULL)
		return;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return;
	}
	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
	if (va != NULL) {
		*first = va[0];
		copied = TRUE;
	}
	if (copied) {
		MmUnlockPages(mdl);
		IoFreeMdl(mdl);
	}
} /* expect: win-mdl-unlock-missing "mdl" */ /* expect: win-mdl-leak "mdl" */

/* A bad line ends the loop and the function. */
NTSTATUS CameraScan(PVOID buffer, ULONG lines, PULONG sum)
{
	PMDL mdl = IoAllocateMdl(buffer, lines, FALSE, FALSE, NULL);
	PUCHAR va;
	ULONG i;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess); /* note: win-mdl-unlock-missing "mdl" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
	for (i = 0; va != NULL && i < lines; i++) {
		if (va[i] == 0)
			return STATUS_DATA_ERROR; /* expect: win-mdl-unlock-missing "mdl" */ /* expect: win-mdl-leak "mdl" */
		*sum += va[i];
	}
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return va == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* The probe raises after the lock has succeeded: one handler for both. */
NTSTATUS CameraExchange(PVOID buffer, ULONG length, PVOID from)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoWriteAccess);
		ProbeForRead(from, length, 1);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode(); /* expect: win-mdl-unlock-missing "mdl" */ /* expect: win-mdl-leak "mdl" */
	}
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}

/* Cleanup in __finally, for the failures only. */
/* trap: win-mdl-unlock-missing termination-handler */
NTSTATUS CameraClear(PVOID buffer, ULONG length)
{
	PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);
	NTSTATUS status = STATUS_SUCCESS;
	PVOID va;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoWriteAccess); /* note: win-mdl-unlock-missing "mdl" */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	__try {
		va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
		if (va == NULL) {
			status = STATUS_INSUFFICIENT_RESOURCES;
			__leave;
		}
		RtlZeroMemory(va, length);
	} __finally {
		if (!NT_SUCCESS(status)) {
			MmUnlockPages(mdl);
			IoFreeMdl(mdl);
		}
	}
	return status; /* expect: win-mdl-unlock-missing "mdl" */ /* expect: win-mdl-leak "mdl" */
}

/* MDLs of the caller: locked here, so unlocked here, as the success shows. */
NTSTATUS CameraFill(PMDL mdl, UCHAR value)
{
	PVOID va;

	__try {
		MmProbeAndLockPages(mdl, UserMode, IoWriteAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute);
	if (va == NULL)
		return STATUS_INSUFFICIENT_RESOURCES; /* expect: win-mdl-unlock-missing "mdl" */
	RtlFillMemory(va, MmGetMdlByteCount(mdl), value);
	MmUnlockPages(mdl);
	return STATUS_SUCCESS;
}

/* trap: win-mdl-unlock-missing unlocked-later */
NTSTATUS CameraDevice(struct camera *c)
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
		goto done;
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
	return status; /* expect: win-mdl-unlock-missing "c->Mdl" */
}
