/* Structured exceptions as drivers write them: what is released on the way out of __try, by whatever way. */
#include <ntddk.h>

#define SEH_TAG 'hesW'
#define MAP_PRIORITY (NormalPagePriority | MdlMappingNoExecute)

/* ---- correct --------------------------------------------------------------------------- */

NTSTATUS OneExitWithLeave(PVOID user, ULONG length, PVOID data)
{
	NTSTATUS status = STATUS_SUCCESS;
	BOOLEAN locked = FALSE;
	PMDL mdl = NULL;
	PVOID va;

	__try {
		mdl = IoAllocateMdl(user, length, FALSE, FALSE, NULL);
		if (!mdl) {
			status = STATUS_INSUFFICIENT_RESOURCES;
			__leave;
		}
		__try {
			MmProbeAndLockPages(mdl, UserMode, IoWriteAccess);
			locked = TRUE;
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			status = GetExceptionCode();
			__leave;
		}
		va = MmGetSystemAddressForMdlSafe(mdl, MAP_PRIORITY);
		if (!va) {
			status = STATUS_INSUFFICIENT_RESOURCES;
			__leave;
		}
		RtlCopyMemory(va, data, length);
	} __finally {
		if (mdl) {
			if (locked)
				MmUnlockPages(mdl); /* ok: win-mdl-unlock-not-locked */
			IoFreeMdl(mdl); /* ok: win-mdl-free-locked */
		}
	}
	return status; /* ok: win-mdl-leak */
}

/* Allocated and locked in one __try, whose ways out meet behind it. */
NTSTATUS GotoOutOfTry(PVOID user, ULONG length, PVOID data)
{
	NTSTATUS status = STATUS_SUCCESS;
	BOOLEAN locked = FALSE;
	PMDL mdl = NULL;
	PVOID va;

	__try {
		ProbeForWrite(user, length, 1);
		mdl = IoAllocateMdl(user, length, FALSE, FALSE, NULL);
		if (mdl == NULL)
			return STATUS_INSUFFICIENT_RESOURCES;
		MmProbeAndLockPages(mdl, UserMode, IoWriteAccess);
		locked = TRUE;
		va = MmGetSystemAddressForMdlSafe(mdl, MAP_PRIORITY);
		if (va == NULL) {
			status = STATUS_INSUFFICIENT_RESOURCES;
			goto done;
		}
		RtlCopyMemory(va, data, length);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
done:
	if (locked)
		MmUnlockPages(mdl); /* ok: win-mdl-unlock-not-locked */
	if (mdl != NULL)
		IoFreeMdl(mdl); /* ok: win-mdl-free-locked */
	return status; /* ok: win-mdl-leak */
}

NTSTATUS BreakOutOfHandler(PVOID user, ULONG length, PVOID data)
{
	BOOLEAN locked = FALSE;
	PMDL mdl = NULL;
	NTSTATUS status;
	PVOID va;

	do {
		mdl = IoAllocateMdl(user, length, FALSE, FALSE, NULL);
		if (mdl == NULL) {
			status = STATUS_INSUFFICIENT_RESOURCES;
			break;
		}
		__try {
			MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			status = GetExceptionCode();
			break;
		}
		locked = TRUE;
		va = MmGetSystemAddressForMdlSafe(mdl, MAP_PRIORITY);
		if (va == NULL) {
			status = STATUS_INSUFFICIENT_RESOURCES;
			break;
		}
		RtlCopyMemory(data, va, length);
		status = STATUS_SUCCESS;
	} while (FALSE);
	if (locked)
		MmUnlockPages(mdl);
	if (mdl)
		IoFreeMdl(mdl); /* ok: win-mdl-free-locked */
	return status;
}

NTSTATUS HandlerClearsPointer(PVOID user, ULONG length)
{
	PMDL mdl = IoAllocateMdl(user, length, FALSE, FALSE, NULL);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		mdl = NULL;
	}
	if (!mdl)
		return STATUS_ACCESS_VIOLATION;
	MmUnlockPages(mdl); /* ok: win-mdl-unlock-not-locked */
	IoFreeMdl(mdl); /* ok: win-pool-use-after-free */
	return STATUS_SUCCESS;
}

NTSTATUS ReturnThroughFinally(PVOID from, ULONG length, PULONG first)
{
	PULONG buffer = ExAllocatePool2(POOL_FLAG_PAGED, length, SEH_TAG);

	if (!buffer)
		return STATUS_NO_MEMORY;
	__try {
		if (length < sizeof(ULONG))
			return STATUS_BUFFER_TOO_SMALL; /* ok: win-pool-leak */
		RtlCopyMemory(buffer, from, length);
		*first = buffer[0];
		return STATUS_SUCCESS; /* ok: win-pool-leak */
	} __finally {
		ExFreePoolWithTag(buffer, SEH_TAG);
	}
}

/* The inner __finally runs before the handler, and before what `goto` leads to. */
NTSTATUS FinallyInsideTry(PVOID from, ULONG length, PFAST_MUTEX mutex)
{
	NTSTATUS status = STATUS_SUCCESS;
	PUCHAR buffer = NULL;

	__try {
		ExAcquireFastMutex(mutex);
		__try {
			buffer = ExAllocatePoolWithTag(PagedPool, length, SEH_TAG);
			if (!buffer) {
				status = STATUS_NO_MEMORY;
				goto out;
			}
			ProbeForRead(from, length, 1);
		} __finally {
			ExReleaseFastMutex(mutex);
		}
		RtlCopyMemory(buffer, from, length);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
		goto out;
	}
out:
	if (buffer)
		ExFreePoolWithTag(buffer, SEH_TAG);
	return status; /* ok: win-pool-leak */
}

NTSTATUS OwnershipLeavesBody(PVOID from, ULONG length, PUCHAR *result)
{
	NTSTATUS status = STATUS_SUCCESS;
	PUCHAR buffer = NULL;

	__try {
		buffer = ExAllocatePool2(POOL_FLAG_PAGED, length, SEH_TAG);
		if (!buffer) {
			status = STATUS_NO_MEMORY;
			__leave;
		}
		__try {
			ProbeForRead(from, length, 1);
			RtlCopyMemory(buffer, from, length);
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			status = GetExceptionCode();
			__leave;
		}
		*result = buffer;
		buffer = NULL;
	} __finally {
		if (buffer)
			ExFreePoolWithTag(buffer, SEH_TAG);
	}
	return status; /* ok: win-pool-leak */
}

/* A quota or a raising pool type ends in the handler, with nothing allocated. */
NTSTATUS AllocationRaises(PVOID user, ULONG length)
{
	PUCHAR buffer = NULL, copy;

	__try {
		copy = ExAllocatePoolWithTag(PagedPool | POOL_RAISE_IF_ALLOCATION_FAILURE, length, SEH_TAG);
		copy[0] = 0; /* ok: win-null-unchecked */
		ExFreePoolWithTag(copy, SEH_TAG);
		ProbeForRead(user, length, sizeof(UCHAR));
		buffer = ExAllocatePoolWithQuotaTag(NonPagedPoolNx, length, SEH_TAG);
		RtlCopyMemory(buffer, user, length); /* ok: win-null-unchecked */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		if (buffer)
			ExFreePoolWithTag(buffer, SEH_TAG);
		return GetExceptionCode(); /* ok: win-pool-leak */
	}
	ExFreePoolWithTag(buffer, SEH_TAG);
	return STATUS_SUCCESS;
}

/* ---- what an exception's code and AbnormalTermination() say ------------------------------------ */

/* The code of an exception is a failure. */
NTSTATUS StatusTellsLocked(PVOID user, ULONG length, PULONG first)
{
	NTSTATUS status = STATUS_SUCCESS;
	PMDL mdl = IoAllocateMdl(user, length, FALSE, FALSE, NULL);
	PULONG va;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	if (NT_SUCCESS(status)) {
		va = MmGetSystemAddressForMdlSafe(mdl, MAP_PRIORITY); /* ok: win-mdl-use-uninit */
		if (va)
			*first = *va;
		else
			status = STATUS_INSUFFICIENT_RESOURCES;
		MmUnlockPages(mdl); /* ok: win-mdl-unlock-not-locked */
	}
	IoFreeMdl(mdl);
	return status;
}

/* Nothing was raised: the __finally body keeps the MDL. */
NTSTATUS AbnormalTerminationFrees(PVOID user, ULONG length, PMDL *result)
{
	PMDL mdl = IoAllocateMdl(user, length, FALSE, FALSE, NULL);

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		__try {
			MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
		} __finally {
			if (AbnormalTermination())
				IoFreeMdl(mdl); /* ok: win-mdl-free-locked */
		}
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode(); /* ok: win-mdl-leak */
	}
	*result = mdl;
	return STATUS_SUCCESS;
}

/* ---- defects --------------------------------------------------------------------------- */

NTSTATUS FlagTooEarly(PVOID user, ULONG length)
{
	NTSTATUS status = STATUS_SUCCESS;
	BOOLEAN locked = FALSE;
	PMDL mdl = IoAllocateMdl(user, length, FALSE, FALSE, NULL);

	if (!mdl)
		return STATUS_NO_MEMORY;
	__try {
		locked = TRUE;
		MmProbeAndLockPages(mdl, UserMode, IoWriteAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	if (locked)
		MmUnlockPages(mdl); /* expect: win-mdl-unlock-not-locked "mdl" */
	IoFreeMdl(mdl);
	return status;
}

NTSTATUS FinallyUnlocksAnyway(PVOID user, ULONG length)
{
	NTSTATUS status = STATUS_SUCCESS;
	PMDL mdl = IoAllocateMdl(user, length, FALSE, FALSE, NULL);

	if (!mdl)
		return STATUS_NO_MEMORY;
	__try {
		__try {
			MmProbeAndLockPages(mdl, UserMode, IoWriteAccess);
		} __finally {
			MmUnlockPages(mdl); /* expect: win-mdl-unlock-not-locked "mdl" */
			IoFreeMdl(mdl);
		}
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	return status;
}

NTSTATUS FreedInBodyAndFinally(ULONG length, PUCHAR *result)
{
	NTSTATUS status = STATUS_SUCCESS;
	PUCHAR buffer = NULL;

	__try {
		buffer = ExAllocatePool2(POOL_FLAG_PAGED, length, SEH_TAG);
		if (!buffer) {
			status = STATUS_NO_MEMORY;
			__leave;
		}
		if (length < 10) {
			ExFreePoolWithTag(buffer, SEH_TAG);
			status = STATUS_INVALID_PARAMETER;
			__leave;
		}
		*result = buffer;
		buffer = NULL;
	} __finally {
		if (buffer)
			ExFreePoolWithTag(buffer, SEH_TAG); /* expect: win-pool-use-after-free "second time" */
	}
	return status;
}

NTSTATUS BreakSkipsFree(PVOID *sources, ULONG count, ULONG length)
{
	ULONG i;

	for (i = 0; i < count; i++) {
		PUCHAR buffer = ExAllocatePoolWithTag(PagedPool, length, SEH_TAG);

		if (!buffer)
			break;
		__try {
			RtlCopyMemory(buffer, sources[i], length);
			if (buffer[0] == 0)
				break;
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			ExFreePoolWithTag(buffer, SEH_TAG);
			return GetExceptionCode();
		}
		ExFreePoolWithTag(buffer, SEH_TAG);
	}
	return STATUS_SUCCESS; /* expect: win-pool-leak "buffer" */
}

/* Freed in the inner __finally, and once more by the handler. */
NTSTATUS FreedTwiceByException(PVOID user, ULONG length, PUCHAR *result)
{
	PUCHAR buffer = ExAllocatePoolWithTag(PagedPool, length, SEH_TAG);

	if (!buffer)
		return STATUS_NO_MEMORY;
	__try {
		__try {
			ProbeForRead(user, length, 1);
			*result = buffer;
		} __finally {
			if (AbnormalTermination())
				ExFreePoolWithTag(buffer, SEH_TAG);
		}
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		ExFreePoolWithTag(buffer, SEH_TAG); /* expect: win-pool-use-after-free "second time" */
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

/* Only a __finally, or the handler of another __try, is around the call. */
NTSTATUS NoHandlerAround(PVOID user, ULONG length)
{
	PMDL mdl = IoAllocateMdl(user, length, FALSE, FALSE, NULL);

	if (!mdl)
		return STATUS_NO_MEMORY;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess); /* expect: win-mdl-lock-no-seh "mdl" */
		MmUnlockPages(mdl);
	} __finally {
		IoFreeMdl(mdl);
	}
	return STATUS_SUCCESS;
}

/* This filter handles nothing. */
NTSTATUS FilterPassesOn(PMDL mdl)
{
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess); /* expect: win-mdl-lock-no-seh "mdl" */
	} __except (EXCEPTION_CONTINUE_SEARCH) {
		return STATUS_UNSUCCESSFUL;
	}
	MmUnlockPages(mdl);
	return STATUS_SUCCESS;
}

/* A handler that is reached by nothing but a call that always raises is not analysed. */
NTSTATUS RaisedByDriver(ULONG length)
{
	PUCHAR buffer = ExAllocatePoolWithTag(PagedPool, length, SEH_TAG);

	if (!buffer)
		return STATUS_NO_MEMORY;
	__try {
		if (length < 4)
			ExRaiseStatus(STATUS_INVALID_PARAMETER);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return STATUS_INVALID_PARAMETER; /* expect: win-pool-leak "buffer" */
	}
	ExFreePoolWithTag(buffer, SEH_TAG);
	return STATUS_SUCCESS;
}
