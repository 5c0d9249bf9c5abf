/* A radio card with buffers that stay. */
#include <ntddk.h>

#define TUNER_TAG 'nutT'

struct tuner {
	PVOID Block;
	PMDL Mdl;
	PHYSICAL_ADDRESS Base;
};

NTSTATUS TunerBlock(struct tuner *tuner)
{
	PHYSICAL_ADDRESS highest;

	highest.QuadPart = 0xFFFFFFFF;
	tuner->Block = MmAllocateContiguousMemory(PAGE_SIZE, highest);
	if (tuner->Block == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	tuner->Base = MmGetPhysicalAddress(tuner->Block);
	return STATUS_SUCCESS;
}

/* trap: win-physaddr-unlocked locked-by-mdl */
NTSTATUS TunerLocked(struct tuner *tuner)
{
	tuner->Block = ExAllocatePoolWithTag(PagedPool, PAGE_SIZE, TUNER_TAG);
	if (tuner->Block == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	tuner->Mdl = IoAllocateMdl(tuner->Block, PAGE_SIZE, FALSE, FALSE, NULL);
	if (tuner->Mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(tuner->Mdl, KernelMode, IoModifyAccess);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		IoFreeMdl(tuner->Mdl);
		tuner->Mdl = NULL;
		return GetExceptionCode();
	}
	tuner->Base = MmGetPhysicalAddress(tuner->Block);
	return STATUS_SUCCESS;
}

/* trap: win-physaddr-unlocked unknown-provenance */
PHYSICAL_ADDRESS TunerAddress(PVOID block)
{
	return MmGetPhysicalAddress(block);
}

/* trap: win-physaddr-unlocked asked-first */
PHYSICAL_ADDRESS TunerDump(PIRP irp)
{
	PVOID address = irp->UserBuffer;
	PHYSICAL_ADDRESS none = { 0 };

	return MmIsAddressValid(address) ? MmGetPhysicalAddress(address) : none;
}
