/* Mappings made at a level that allows them. */
#include <ntddk.h>

struct beacon {
	KSPIN_LOCK Lock;
	FAST_MUTEX Mutex;
	PMDL Mdl;
	PVOID View;
	PUCHAR Lamp;
};

KSERVICE_ROUTINE BeaconIsr;

VOID BeaconCreate(struct beacon *b)
{
	KeInitializeSpinLock(&b->Lock);
	ExInitializeFastMutex(&b->Mutex);
}

NTSTATUS BeaconShow(struct beacon *b)
{
	PVOID view;
	KIRQL irql;

	__try {
		view = MmMapLockedPagesSpecifyCache(b->Mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority); /* ok: win-mdl-map-irql */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	KeAcquireSpinLock(&b->Lock, &irql);
	b->View = view;
	KeReleaseSpinLock(&b->Lock, irql);
	return STATUS_SUCCESS;
}

/* APC_LEVEL is low enough for user mappings. */
NTSTATUS BeaconMutex(struct beacon *b)
{
	NTSTATUS status = STATUS_SUCCESS;

	ExAcquireFastMutex(&b->Mutex);
	__try {
		b->View = MmMapLockedPagesSpecifyCache(b->Mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority); /* ok: win-mdl-map-irql */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	ExReleaseFastMutex(&b->Mutex);
	return status;
}

/* DISPATCH_LEVEL is low enough for system mappings. */
NTSTATUS BeaconSystem(struct beacon *b)
{
	KIRQL irql;

	KeAcquireSpinLock(&b->Lock, &irql);
	b->View = MmMapLockedPagesSpecifyCache(b->Mdl, KernelMode, MmCached, NULL, FALSE, NormalPagePriority | MdlMappingNoExecute); /* ok: win-mdl-map-irql */
	KeReleaseSpinLock(&b->Lock, irql);
	return b->View == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

NTSTATUS BeaconSafe(struct beacon *b)
{
	KIRQL irql;

	KeAcquireSpinLock(&b->Lock, &irql);
	b->Lamp = MmGetSystemAddressForMdlSafe(b->Mdl, NormalPagePriority | MdlMappingNoExecute); /* ok: win-mdl-map-irql */
	KeReleaseSpinLock(&b->Lock, irql);
	return b->Lamp == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* Trap: the mode is not known. */
/* trap: win-mdl-map-irql mode-unknown */
NTSTATUS BeaconMode(struct beacon *b, KPROCESSOR_MODE mode)
{
	KIRQL irql;

	KeAcquireSpinLock(&b->Lock, &irql);
	__try {
		b->View = MmMapLockedPagesSpecifyCache(b->Mdl, mode, MmCached, NULL, FALSE, NormalPagePriority); /* ok: win-mdl-map-irql */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		b->View = NULL;
	}
	KeReleaseSpinLock(&b->Lock, irql);
	return b->View == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* Trap: nobody knows at what level this helper is called. */
/* trap: win-mdl-map-irql level-unknown */
NTSTATUS BeaconHelper(struct beacon *b)
{
	__try {
		b->View = MmMapLockedPagesSpecifyCache(b->Mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority); /* ok: win-mdl-map-irql */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

/* Trap: the address was made earlier, and may be used at any level. */
/* trap: win-mdl-map-irql earlier-address */
BOOLEAN BeaconIsr(PKINTERRUPT interrupt, PVOID context)
{
	struct beacon *b = context;

	UNREFERENCED_PARAMETER(interrupt);
	if (b->Lamp == NULL)
		return FALSE;
	b->Lamp[0] = 1; /* ok: win-mdl-map-irql */
	return TRUE;
}
