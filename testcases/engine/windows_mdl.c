/* MDLs in devices, requests, chains, arrays and helpers of the driver. */
#include <ntddk.h>

#define MDL_TAG 'ldmW'
#define MAP_PRIORITY (NormalPagePriority | MdlMappingNoExecute)

struct window {
	PMDL Mdl;
	PVOID Va;
	PVOID UserVa;
	BOOLEAN Locked;
	ULONG Count;
	PMDL Parts[8];
};

/* ---- correct: kept by something that lives longer ---------------------------------------------- */

VOID WindowClose(struct window *w)
{
	if (w->Mdl) {
		if (w->Locked) {
			MmUnlockPages(w->Mdl);
			w->Locked = FALSE;
		}
		IoFreeMdl(w->Mdl); /* ok: win-mdl-free-locked */
		w->Mdl = NULL;
	}
}

NTSTATUS WindowOpen(struct window *w, PVOID user, ULONG length)
{
	w->Mdl = IoAllocateMdl(user, length, FALSE, FALSE, NULL);
	if (!w->Mdl)
		return STATUS_NO_MEMORY;
	__try {
		MmProbeAndLockPages(w->Mdl, UserMode, IoModifyAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		WindowClose(w);
		return STATUS_ACCESS_VIOLATION;
	}
	w->Locked = TRUE;
	w->Va = MmGetSystemAddressForMdlSafe(w->Mdl, MAP_PRIORITY);
	if (!w->Va) {
		WindowClose(w);
		return STATUS_INSUFFICIENT_RESOURCES; /* ok: win-mdl-leak */
	}
	return STATUS_SUCCESS; /* ok: win-mdl-unlock-missing */
}

/* The same, but the handler returns the code of the exception. */
NTSTATUS WindowOpenCode(struct window *w, PVOID user, ULONG length)
{
	w->Mdl = IoAllocateMdl(user, length, FALSE, FALSE, NULL);
	if (!w->Mdl)
		return STATUS_NO_MEMORY;
	__try {
		MmProbeAndLockPages(w->Mdl, UserMode, IoModifyAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(w->Mdl);
		w->Mdl = NULL;
		return GetExceptionCode();
	}
	if (length > 1000) {
		MmUnlockPages(w->Mdl);
		IoFreeMdl(w->Mdl);
		w->Mdl = NULL;
		return STATUS_INVALID_PARAMETER;
	}
	return STATUS_SUCCESS; /* ok: win-mdl-unlock-missing */
}

/* A window of its own, cleaned up by what it says of itself. */
NTSTATUS WindowCreate(PVOID user, ULONG length, struct window **result)
{
	struct window *w = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*w), MDL_TAG);
	NTSTATUS status = STATUS_NO_MEMORY;

	if (!w)
		return status;
	w->Mdl = IoAllocateMdl(user, length, FALSE, FALSE, NULL);
	if (!w->Mdl)
		goto fail;
	__try {
		MmProbeAndLockPages(w->Mdl, UserMode, IoModifyAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
		goto fail;
	}
	w->Locked = TRUE;
	w->Va = MmGetSystemAddressForMdlSafe(w->Mdl, MAP_PRIORITY);
	if (!w->Va)
		goto fail;
	*result = w;
	return STATUS_SUCCESS; /* ok: win-mdl-leak */
fail:
	if (w->Locked)
		MmUnlockPages(w->Mdl); /* ok: win-mdl-unlock-not-locked */
	if (w->Mdl)
		IoFreeMdl(w->Mdl); /* ok: win-mdl-free-locked */
	ExFreePoolWithTag(w, MDL_TAG);
	return status; /* ok: win-mdl-leak */
}

NTSTATUS AttachedByHand(PIRP irp, PVOID user, ULONG length)
{
	PMDL mdl = IoAllocateMdl(user, length, FALSE, FALSE, NULL);

	if (!mdl)
		return STATUS_NO_MEMORY;
	__try {
		MmProbeAndLockPages(mdl, irp->RequestorMode, IoReadAccess); /* ok: win-mdl-lock-access */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	irp->MdlAddress = mdl;
	return STATUS_SUCCESS; /* ok: win-mdl-unlock-missing */
}

NTSTATUS AttachedByArgument(PIRP irp, PVOID user, ULONG length)
{
	if (IoAllocateMdl(user, length, FALSE, FALSE, irp) == NULL)
		return STATUS_NO_MEMORY;
	__try {
		MmProbeAndLockPages(irp->MdlAddress, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(irp->MdlAddress);
		irp->MdlAddress = NULL;
		return GetExceptionCode();
	}
	return STATUS_SUCCESS; /* ok: win-mdl-leak */
}

NTSTATUS PartForLowerDriver(PIRP irp, PDEVICE_OBJECT lower, ULONG length, PIO_COMPLETION_ROUTINE done)
{
	PVOID va = MmGetMdlVirtualAddress(irp->MdlAddress);
	PMDL part = IoAllocateMdl(va, length, FALSE, FALSE, NULL);
	PIRP sub;

	if (!part)
		return STATUS_NO_MEMORY;
	IoBuildPartialMdl(irp->MdlAddress, part, va, length);
	sub = IoAllocateIrp(lower->StackSize, FALSE);
	if (!sub) {
		IoFreeMdl(part);
		return STATUS_NO_MEMORY;
	}
	sub->MdlAddress = part;
	IoSetCompletionRoutine(sub, done, irp, TRUE, TRUE, TRUE);
	return IoCallDriver(lower, sub); /* ok: win-mdl-leak */
}

/* ---- correct: several of them ------------------------------------------------------------------ */

VOID FreeChain(PMDL mdl)
{
	PMDL next;

	while (mdl != NULL) {
		next = mdl->Next;
		if (mdl->MdlFlags & MDL_PAGES_LOCKED)
			MmUnlockPages(mdl);
		IoFreeMdl(mdl); /* ok: win-mdl-free-locked */
		mdl = next;
	}
}

NTSTATUS MakeChain(PVOID user, ULONG count, ULONG length, PMDL *head)
{
	PMDL first = NULL, last = NULL, mdl;

	while (count--) {
		mdl = IoAllocateMdl(user, length, FALSE, FALSE, NULL);
		if (!mdl)
			goto fail;
		__try {
			MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			IoFreeMdl(mdl);
			goto fail;
		}
		if (last)
			last->Next = mdl;
		else
			first = mdl;
		last = mdl;
	}
	*head = first;
	return STATUS_SUCCESS; /* ok: win-mdl-leak */
fail:
	while (first) {
		mdl = first;
		first = first->Next;
		MmUnlockPages(mdl);
		IoFreeMdl(mdl);
	}
	return STATUS_INSUFFICIENT_RESOURCES; /* ok: win-mdl-unlock-missing */
}

NTSTATUS PartsOneByOne(PMDL source, ULONG length, PULONG sum)
{
	PUCHAR start = MmGetMdlVirtualAddress(source);
	NTSTATUS status = STATUS_SUCCESS;
	PMDL part = IoAllocateMdl(start, PAGE_SIZE, FALSE, FALSE, NULL);
	ULONG done, chunk;
	PULONG va;

	if (!part)
		return STATUS_INSUFFICIENT_RESOURCES;
	for (done = 0; done < length; done += chunk) {
		chunk = min(length - done, PAGE_SIZE);
		IoBuildPartialMdl(source, part, start + done, chunk); /* ok: win-mdl-reuse */
		va = MmGetSystemAddressForMdlSafe(part, MAP_PRIORITY);
		if (!va) {
			status = STATUS_INSUFFICIENT_RESOURCES;
			break;
		}
		*sum += *va;
		MmPrepareMdlForReuse(part);
	}
	IoFreeMdl(part);
	return status;
}

/* Undone by a loop over the whole array. */
NTSTATUS PairInArray(PVOID left, PVOID right, ULONG length)
{
	PMDL mdls[2] = { NULL, NULL };
	NTSTATUS status = STATUS_NO_MEMORY;
	int i;

	mdls[0] = IoAllocateMdl(left, length, FALSE, FALSE, NULL);
	mdls[1] = IoAllocateMdl(right, length, FALSE, FALSE, NULL);
	if (mdls[0] && mdls[1])
		status = STATUS_SUCCESS;
	for (i = 0; i < 2; i++)
		if (mdls[i])
			IoFreeMdl(mdls[i]);
	return status; /* ok: win-mdl-leak */
}

/* ---- correct: helpers ---------------------------------------------------------------------------- */

static VOID Release(PMDL *mdl, BOOLEAN locked)
{
	if (*mdl != NULL) {
		if (locked)
			MmUnlockPages(*mdl);
		IoFreeMdl(*mdl);
		*mdl = NULL;
	}
}

NTSTATUS HelperClearsPointer(PVOID user, ULONG length, PULONG first)
{
	PMDL mdl = IoAllocateMdl(user, length, FALSE, FALSE, NULL);
	PULONG va;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		Release(&mdl, FALSE);
		return GetExceptionCode();
	}
	va = MmGetSystemAddressForMdlSafe(mdl, MAP_PRIORITY);
	if (va)
		*first = *va;
	Release(&mdl, TRUE);
	Release(&mdl, TRUE); /* ok: win-pool-use-after-free */
	return STATUS_SUCCESS; /* ok: win-mdl-leak */
}

static BOOLEAN Lock(PMDL mdl, LOCK_OPERATION operation)
{
	__try {
		MmProbeAndLockPages(mdl, UserMode, operation);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return FALSE;
	}
	return TRUE; /* ok: win-mdl-unlock-missing */
}

static NTSTATUS LockStatus(PMDL mdl, LOCK_OPERATION operation)
{
	NTSTATUS status = STATUS_SUCCESS;

	__try {
		MmProbeAndLockPages(mdl, UserMode, operation);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	return status; /* ok: win-mdl-unlock-missing */
}

NTSTATUS HelpersLock(PVOID left, PVOID right, ULONG length)
{
	PMDL first = IoAllocateMdl(left, length, FALSE, FALSE, NULL), second;
	NTSTATUS status;

	if (!first)
		return STATUS_NO_MEMORY;
	if (!Lock(first, IoReadAccess)) {
		IoFreeMdl(first);
		return STATUS_ACCESS_VIOLATION;
	}
	MmUnlockPages(first); /* ok: win-mdl-unlock-not-locked */
	IoFreeMdl(first); /* ok: win-mdl-free-locked */
	second = IoAllocateMdl(right, length, FALSE, FALSE, NULL);
	if (!second)
		return STATUS_NO_MEMORY;
	status = LockStatus(second, IoWriteAccess);
	if (NT_SUCCESS(status))
		MmUnlockPages(second); /* ok: win-mdl-unlock-not-locked */
	IoFreeMdl(second);
	return status;
}

/* ---- defects ----------------------------------------------------------------------------------- */

NTSTATUS LadderForgetsUnlock(PVOID left, PVOID right, ULONG length)
{
	PMDL first = NULL, second = NULL;
	NTSTATUS status;

	first = IoAllocateMdl(left, length, FALSE, FALSE, NULL);
	second = IoAllocateMdl(right, length, FALSE, FALSE, NULL);
	if (first == NULL || second == NULL) {
		status = STATUS_NO_MEMORY;
		goto out;
	}
	__try {
		MmProbeAndLockPages(first, UserMode, IoReadAccess); /* note: win-mdl-free-locked "locked here" */
		MmProbeAndLockPages(second, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = STATUS_ACCESS_VIOLATION;
		goto out;
	}
	MmUnlockPages(second);
	MmUnlockPages(first);
	status = STATUS_SUCCESS;
out:
	if (second)
		IoFreeMdl(second);
	if (first)
		IoFreeMdl(first); /* expect: win-mdl-free-locked "first" */
	return status;
}

NTSTATUS PartsNotPrepared(PMDL source, ULONG length, PULONG sum)
{
	PUCHAR start = MmGetMdlVirtualAddress(source);
	PMDL part = IoAllocateMdl(start, PAGE_SIZE, FALSE, FALSE, NULL);
	PULONG va;
	ULONG done;

	if (!part)
		return STATUS_INSUFFICIENT_RESOURCES;
	for (done = 0; done < length; done += PAGE_SIZE) {
		IoBuildPartialMdl(source, part, start + done, PAGE_SIZE); /* expect: win-mdl-reuse "part" */
		va = MmGetSystemAddressForMdlSafe(part, MAP_PRIORITY);
		if (!va)
			break;
		*sum += *va;
	}
	IoFreeMdl(part);
	return STATUS_SUCCESS;
}

NTSTATUS MappedWhenFreed(PVOID kernel, ULONG length)
{
	PMDL mdl = IoAllocateMdl(kernel, length, FALSE, FALSE, NULL);
	PVOID user = NULL;

	if (!mdl)
		return STATUS_NO_MEMORY;
	MmBuildMdlForNonPagedPool(mdl);
	__try {
		user = MmMapLockedPagesSpecifyCache(mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	if (length > 4096) {
		IoFreeMdl(mdl); /* expect: win-mdl-unmap-missing "mdl" */
		return STATUS_INVALID_PARAMETER;
	}
	MmUnmapLockedPages(user, mdl);
	IoFreeMdl(mdl);
	return STATUS_SUCCESS;
}

static VOID UnlockAndFree(PMDL mdl)
{
	MmUnlockPages(mdl);
	IoFreeMdl(mdl);
}

/* What a helper does to its argument is not followed yet. */
NTSTATUS HelperAndCallerFree(PVOID user, ULONG length)
{
	PMDL mdl = IoAllocateMdl(user, length, FALSE, FALSE, NULL);

	if (!mdl)
		return STATUS_NO_MEMORY;
	__try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(mdl);
		return GetExceptionCode();
	}
	UnlockAndFree(mdl);
	IoFreeMdl(mdl); /* expect: win-pool-use-after-free "mdl" */
	return STATUS_SUCCESS;
}

/* The address that an MDL remembers differs in each round: the states never meet, and the budget ends first. */
NTSTATUS OnePerSegment(PVOID *segments, ULONG count, PMDL *mdls)
{
	PMDL mdl;
	ULONG i;

	for (i = 0; i < count; i++) {
		mdl = IoAllocateMdl(segments[i], PAGE_SIZE, FALSE, FALSE, NULL);
		if (!mdl)
			return STATUS_NO_MEMORY;
		mdls[i] = mdl;
	}
	mdl = IoAllocateMdl(mdls, PAGE_SIZE, FALSE, FALSE, NULL);
	if (!mdl)
		return STATUS_NO_MEMORY;
	return STATUS_SUCCESS; /* expect: win-mdl-leak "mdl" */
}
