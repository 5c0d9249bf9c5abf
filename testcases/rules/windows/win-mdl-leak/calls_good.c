/* The MDL is allocated and freed by helpers, on every path. */
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
		return STATUS_INSUFFICIENT_RESOURCES; /* ok: win-mdl-leak */
	status = WharfLock(mdl);
	if (!NT_SUCCESS(status)) {
		IoFreeMdl(mdl);
		return status; /* ok: win-mdl-leak */
	}
	Wharf->Length = 0;
	WharfRelease(mdl);
	return STATUS_SUCCESS; /* ok: win-mdl-leak */
}
