/* A radio card that reads its buffers itself. */
#include <ntddk.h>

#define RADIO_TAG 'idaR'

struct radio {
	PVOID Block;
	PHYSICAL_ADDRESS Base;
};

/* trap: win-physaddr-unlocked locked-by-mdl */
NTSTATUS RadioBlock(struct radio *radio)
{
	radio->Block = ExAllocatePoolWithTag(PagedPool, PAGE_SIZE, RADIO_TAG); /* note: win-physaddr-unlocked "radio->Block is allocated here" */
	if (radio->Block == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	radio->Base = MmGetPhysicalAddress(radio->Block); /* expect: win-physaddr-unlocked "radio->Block lies in paged pool" */
	return STATUS_SUCCESS;
}

/* trap: win-physaddr-unlocked unknown-provenance */
VOID RadioUser(struct radio *radio, PIRP irp)
{
	radio->Base = MmGetPhysicalAddress(irp->UserBuffer); /* expect: win-physaddr-unlocked "is memory of a process" */
}

/* trap: win-physaddr-unlocked asked-first */
PHYSICAL_ADDRESS RadioCommand(ULONG code)
{
	ULONG command[4] = { 0 };

	command[0] = code;
	return MmGetPhysicalAddress(command); /* expect: win-physaddr-unlocked "command is on the stack" */
}
