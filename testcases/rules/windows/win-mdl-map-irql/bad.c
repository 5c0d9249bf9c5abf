/* Mappings made at too high a level. */
#include <ntddk.h>

struct beacon {
	KSPIN_LOCK Lock;
	PMDL Mdl;
	PVOID View;
};

VOID BeaconCreate(struct beacon *b)
{
	KeInitializeSpinLock(&b->Lock);
}

/* trap: win-mdl-map-irql mode-unknown */
NTSTATUS BeaconShow(struct beacon *b)
{
	NTSTATUS status = STATUS_SUCCESS;
	KIRQL irql;

	KeAcquireSpinLock(&b->Lock, &irql);
	__try {
		b->View = MmMapLockedPagesSpecifyCache(b->Mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority); /* expect: win-mdl-map-irql */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	KeReleaseSpinLock(&b->Lock, irql);
	return status;
}

/* Raised by hand. */
/* trap: win-mdl-map-irql level-unknown */
NTSTATUS BeaconRaise(struct beacon *b)
{
	NTSTATUS status = STATUS_SUCCESS;
	KIRQL irql;

	KeRaiseIrql(DISPATCH_LEVEL, &irql);
	__try {
		b->View = MmMapLockedPagesSpecifyCache(b->Mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority); /* expect: win-mdl-map-irql */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	KeLowerIrql(irql);
	return status;
}

/* Above DISPATCH_LEVEL not even a system mapping. */
/* trap: win-mdl-map-irql earlier-address */
NTSTATUS BeaconHigh(struct beacon *b)
{
	KIRQL irql;

	KeRaiseIrql(HIGH_LEVEL, &irql);
	b->View = MmGetSystemAddressForMdlSafe(b->Mdl, HighPagePriority | MdlMappingNoExecute); /* expect: win-mdl-map-irql */
	KeLowerIrql(irql);
	return b->View == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

NTSTATUS BeaconProfile(struct beacon *b)
{
	KIRQL irql;

	KeRaiseIrql(HIGH_LEVEL, &irql);
	b->View = MmMapLockedPagesSpecifyCache(b->Mdl, KernelMode, MmCached, NULL, FALSE, NormalPagePriority | MdlMappingNoExecute); /* expect: win-mdl-map-irql */
	KeLowerIrql(irql);
	return b->View == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* Released on one branch only. */
NTSTATUS BeaconEarly(struct beacon *b, BOOLEAN early)
{
	NTSTATUS status = STATUS_SUCCESS;
	KIRQL irql;

	KeAcquireSpinLock(&b->Lock, &irql);
	b->View = NULL;
	if (early)
		KeReleaseSpinLock(&b->Lock, irql);
	__try {
		b->View = MmMapLockedPagesSpecifyCache(b->Mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority); /* expect: win-mdl-map-irql */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	if (!early)
		KeReleaseSpinLock(&b->Lock, irql);
	return status;
}

/* A user mapping is also undone at APC_LEVEL at most. */
NTSTATUS BeaconBlink(struct beacon *b)
{
	PVOID view;
	KIRQL irql;

	__try {
		view = MmMapLockedPagesSpecifyCache(b->Mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	KeAcquireSpinLock(&b->Lock, &irql);
	MmUnmapLockedPages(view, b->Mdl); /* expect: win-mdl-map-irql */
	KeReleaseSpinLock(&b->Lock, irql);
	return STATUS_SUCCESS;
}
