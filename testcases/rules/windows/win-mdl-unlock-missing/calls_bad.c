/* The pages are locked by a helper, and one path forgets to unlock them. */
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
	if (!NT_SUCCESS(status))
		goto done;
	if (Wharf->Length > PAGE_SIZE) {
		status = STATUS_BUFFER_OVERFLOW;
		goto done;
	}
	Wharf->Length = 0;
	MmUnlockPages(mdl);
done:
	IoFreeMdl(mdl); /* expect: win-mdl-free-locked "mdl" */
	return status;
}

/* Locked for an MDL that somebody else owns. */
NTSTATUS WharfShow(PWHARF Wharf, PMDL Mdl)
{
	NTSTATUS status = WharfLock(Mdl);

	if (!NT_SUCCESS(status))
		return status;
	if (Wharf->Length == 0)
		return STATUS_NO_DATA_DETECTED; /* expect: win-mdl-unlock-missing "Mdl" */
	Wharf->Length--;
	MmUnlockPages(Mdl);
	return STATUS_SUCCESS;
}
