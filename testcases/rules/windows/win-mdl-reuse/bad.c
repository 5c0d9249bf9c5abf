/* MDLs rebuilt while they are still mapped. */
#include <ntddk.h>

struct mixer {
	PMDL Part;
	ULONG Sum;
};

/* Every round loses the mapping of the round before. */
/* trap: win-mdl-reuse fresh-each-time */
NTSTATUS MixerLoop(PMDL source, PMDL part, ULONG chunks, PULONG sum)
{
	PUCHAR start = MmGetMdlVirtualAddress(source);
	ULONG i;

	for (i = 0; i < chunks; i++) {
		PUCHAR va;

		IoBuildPartialMdl(source, part, start + i * PAGE_SIZE, PAGE_SIZE); /* expect: win-mdl-reuse "part" */
		va = MmGetSystemAddressForMdlSafe(part, NormalPagePriority | MdlMappingNoExecute);
		if (va == NULL)
			return STATUS_INSUFFICIENT_RESOURCES;
		*sum += va[0];
	}
	return STATUS_SUCCESS;
}

/* The second half after the first. */
/* trap: win-mdl-reuse never-mapped */
NTSTATUS MixerHalves(PMDL source, ULONG half, PULONG sum)
{
	PUCHAR start = MmGetMdlVirtualAddress(source);
	PMDL part = IoAllocateMdl(start, 2 * half, FALSE, FALSE, NULL);
	NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;
	PUCHAR va;

	if (part == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	IoBuildPartialMdl(source, part, start, half);
	va = MmGetSystemAddressForMdlSafe(part, NormalPagePriority | MdlMappingNoExecute); /* note: win-mdl-reuse "part" */
	if (va == NULL)
		goto free;
	*sum = va[0];
	IoBuildPartialMdl(source, part, start + half, half); /* expect: win-mdl-reuse "part" */
	va = MmGetSystemAddressForMdlSafe(part, NormalPagePriority | MdlMappingNoExecute);
	if (va == NULL)
		goto free;
	*sum += va[0];
	status = STATUS_SUCCESS;
free:
	IoFreeMdl(part);
	return status;
}

/* Prepared on one branch only. */
NTSTATUS MixerSometimes(struct mixer *m, PMDL source, ULONG length)
{
	PUCHAR start = MmGetMdlVirtualAddress(source);
	PUCHAR va;

	IoBuildPartialMdl(source, m->Part, start, length);
	va = MmGetSystemAddressForMdlSafe(m->Part, NormalPagePriority | MdlMappingNoExecute);
	if (va == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	m->Sum += va[0];
	if (m->Sum > 255)
		MmPrepareMdlForReuse(m->Part);
	IoBuildPartialMdl(source, m->Part, start + length, length); /* expect: win-mdl-reuse "m->Part" */
	return STATUS_SUCCESS;
}

/* Initialised again in place. */
NTSTATUS MixerInitialise(PMDL source, PMDL part, PVOID next, ULONG length, PULONG sum)
{
	PUCHAR va;

	IoBuildPartialMdl(source, part, MmGetMdlVirtualAddress(source), length);
	va = MmGetSystemAddressForMdlSafe(part, NormalPagePriority | MdlMappingNoExecute);
	if (va == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	*sum += va[0];
	MmInitializeMdl(part, next, length); /* expect: win-mdl-reuse "part" */
	return STATUS_SUCCESS;
}

/* Round again by goto. */
NTSTATUS MixerAgain(PMDL source, PMDL part, ULONG chunks, PULONG sum)
{
	PUCHAR start = MmGetMdlVirtualAddress(source);
	PUCHAR va;

again:
	IoBuildPartialMdl(source, part, start, PAGE_SIZE); /* expect: win-mdl-reuse "part" */
	va = MmGetSystemAddressForMdlSafe(part, NormalPagePriority | MdlMappingNoExecute);
	if (va == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	*sum += va[0];
	start += PAGE_SIZE;
	if (--chunks > 0)
		goto again;
	MmPrepareMdlForReuse(part);
	return STATUS_SUCCESS;
}
