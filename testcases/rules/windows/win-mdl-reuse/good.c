/* Unmapped before it is built again. */
#include <ntddk.h>

NTSTATUS MixerLoop(PMDL source, PMDL part, ULONG chunks, PULONG sum)
{
	PUCHAR start = MmGetMdlVirtualAddress(source);
	ULONG i;

	for (i = 0; i < chunks; i++) {
		PUCHAR va;

		IoBuildPartialMdl(source, part, start + i * PAGE_SIZE, PAGE_SIZE); /* ok: win-mdl-reuse */
		va = MmGetSystemAddressForMdlSafe(part, NormalPagePriority | MdlMappingNoExecute);
		if (va == NULL)
			return STATUS_INSUFFICIENT_RESOURCES;
		*sum += va[0];
		MmPrepareMdlForReuse(part);
	}
	return STATUS_SUCCESS;
}

NTSTATUS MixerHalves(PMDL source, ULONG half, PULONG sum)
{
	PUCHAR start = MmGetMdlVirtualAddress(source);
	PMDL part = IoAllocateMdl(start, 2 * half, FALSE, FALSE, NULL);
	NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;
	PUCHAR va;

	if (part == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	IoBuildPartialMdl(source, part, start, half);
	va = MmGetSystemAddressForMdlSafe(part, NormalPagePriority | MdlMappingNoExecute);
	if (va == NULL)
		goto free;
	*sum = va[0];
	MmPrepareMdlForReuse(part);
	IoBuildPartialMdl(source, part, start + half, half); /* ok: win-mdl-reuse */
	va = MmGetSystemAddressForMdlSafe(part, NormalPagePriority | MdlMappingNoExecute);
	if (va == NULL)
		goto free;
	*sum += va[0];
	status = STATUS_SUCCESS;
free:
	IoFreeMdl(part);
	return status;
}

/* Trap: a new MDL each time; IoFreeMdl unmaps a partial MDL. */
/* trap: win-mdl-reuse fresh-each-time */
NTSTATUS MixerFresh(PMDL source, ULONG chunks, PULONG sum)
{
	PUCHAR start = MmGetMdlVirtualAddress(source);
	ULONG i;

	for (i = 0; i < chunks; i++) {
		PMDL part = IoAllocateMdl(start + i * PAGE_SIZE, PAGE_SIZE, FALSE, FALSE, NULL);
		PUCHAR va;

		if (part == NULL)
			return STATUS_INSUFFICIENT_RESOURCES;
		IoBuildPartialMdl(source, part, start + i * PAGE_SIZE, PAGE_SIZE); /* ok: win-mdl-reuse */
		va = MmGetSystemAddressForMdlSafe(part, NormalPagePriority | MdlMappingNoExecute);
		if (va != NULL)
			*sum += va[0];
		IoFreeMdl(part);
	}
	return STATUS_SUCCESS;
}

/* Trap: never mapped by the driver; the lower driver has it in between. */
/* trap: win-mdl-reuse never-mapped */
NTSTATUS MixerSend(PDEVICE_OBJECT lower, PIRP request, PMDL source, PMDL part, ULONG chunk)
{
	PUCHAR start = MmGetMdlVirtualAddress(source);

	IoBuildPartialMdl(source, part, start, PAGE_SIZE);
	if (chunk > 0)
		IoBuildPartialMdl(source, part, start + chunk * PAGE_SIZE, PAGE_SIZE); /* ok: win-mdl-reuse */
	request->MdlAddress = part;
	return IoCallDriver(lower, request);
}

/* The mapping failed: there is none. */
NTSTATUS MixerSmaller(PMDL source, PMDL part, ULONG length, PULONG sum)
{
	PUCHAR start = MmGetMdlVirtualAddress(source);
	PUCHAR va;

	IoBuildPartialMdl(source, part, start, length);
	va = MmGetSystemAddressForMdlSafe(part, NormalPagePriority | MdlMappingNoExecute);
	if (va == NULL) {
		IoBuildPartialMdl(source, part, start, PAGE_SIZE); /* ok: win-mdl-reuse */
		va = MmGetSystemAddressForMdlSafe(part, NormalPagePriority | MdlMappingNoExecute);
		if (va == NULL)
			return STATUS_INSUFFICIENT_RESOURCES;
	}
	*sum += va[0];
	MmPrepareMdlForReuse(part);
	return STATUS_SUCCESS;
}

/* Built in the first call after a long life elsewhere. */
VOID MixerRenew(PMDL source, PMDL part, ULONG length)
{
	MmPrepareMdlForReuse(part);
	IoBuildPartialMdl(source, part, MmGetMdlVirtualAddress(source), length); /* ok: win-mdl-reuse */
}
