/* The pages are locked and unlocked by helpers, on every path. */
#include <ntddk.h>

typedef struct _WHARF {
	PVOID Buffer;
	ULONG Length;
} WHARF, *PWHARF;

static PMDL WharfDescribe(PWHARF Wharf)
{
	return IoAllocateMdl(Wharf->Buffer, Wharf->Length, FALSE, FALSE, NULL);
}

static NTSTATUS WharfLock(PMDL Mdl)
{
	__try {
		MmProbeAndLockPages(Mdl, UserMode, IoReadAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

static VOID WharfRelease(PMDL Mdl)
{
	MmUnlockPages(Mdl);
	IoFreeMdl(Mdl);
}

NTSTATUS WharfLoad(PWHARF Wharf)
{
	PMDL mdl = WharfDescribe(Wharf);
	NTSTATUS status;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = WharfLock(mdl);
	if (!NT_SUCCESS(status)) {
		IoFreeMdl(mdl);
		return status; /* ok: win-mdl-unlock-missing */
	}
	if (Wharf->Length > PAGE_SIZE)
		status = STATUS_BUFFER_OVERFLOW;
	WharfRelease(mdl);
	return status; /* ok: win-mdl-unlock-missing */
}

/* Trap: the caller unlocks what this function leaves locked when it succeeds. */
static NTSTATUS WharfPrepare(PWHARF Wharf, PMDL *Mdl)
{
	NTSTATUS status;

	*Mdl = WharfDescribe(Wharf);
	if (*Mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = WharfLock(*Mdl);
	if (!NT_SUCCESS(status))
		IoFreeMdl(*Mdl);
	return status; /* ok: win-mdl-unlock-missing */
}

NTSTATUS WharfShow(PWHARF Wharf)
{
	PMDL mdl;
	NTSTATUS status = WharfPrepare(Wharf, &mdl);

	if (!NT_SUCCESS(status))
		return status;
	Wharf->Length = 0;
	WharfRelease(mdl);
	return STATUS_SUCCESS; /* ok: win-mdl-unlock-missing */
}
