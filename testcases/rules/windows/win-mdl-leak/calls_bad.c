/* The MDL is allocated by a helper, and one path forgets it. */
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
	PMDL mdl = WharfDescribe(Wharf); /* note: win-mdl-leak "calls `WharfDescribe`" */
	NTSTATUS status;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = WharfLock(mdl);
	if (!NT_SUCCESS(status))
		return status; /* expect: win-mdl-leak "mdl" */
	Wharf->Length = 0;
	WharfRelease(mdl);
	return STATUS_SUCCESS;
}
