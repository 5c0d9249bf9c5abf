/* Arguments that IoAllocateMdl does not want. */
#include <ntddk.h>

struct kiosk {
	PMDL Mdl;
};

/* Second to what? There is no request. */
NTSTATUS KioskOpen(struct kiosk *k, PVOID table, ULONG length)
{
	k->Mdl = IoAllocateMdl(table, length, TRUE, FALSE, NULL); /* expect: win-mdl-alloc-args */ /* note: win-mdl-alloc-args "IoAllocateMdl is to append the MDL to the" */
	if (k->Mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(k->Mdl);
	return STATUS_SUCCESS;
}

/* The quota is for the system to charge. */
/* trap: win-mdl-alloc-args request-charges */
NTSTATUS KioskQuota(struct kiosk *k, PVOID table, ULONG length)
{
	k->Mdl = IoAllocateMdl(table, length, FALSE, TRUE, NULL); /* expect: win-mdl-alloc-args */
	if (k->Mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(k->Mdl);
	return STATUS_SUCCESS;
}

/* With a request as well. */
NTSTATUS KioskRequest(PIRP request, PVOID table, ULONG length)
{
	PMDL mdl = IoAllocateMdl(table, length, FALSE, TRUE, request); /* expect: win-mdl-alloc-args */

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(mdl);
	return STATUS_SUCCESS;
}

/* The second of two MDLs, but not of a request. */
/* trap: win-mdl-alloc-args unknown-values */
NTSTATUS KioskPair(PVOID header, PVOID data, ULONG length, PULONG sum)
{
	PMDL first, second;

	first = IoAllocateMdl(header, PAGE_SIZE, FALSE, FALSE, NULL);
	if (first == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	second = IoAllocateMdl(data, length, TRUE, FALSE, NULL); /* expect: win-mdl-alloc-args */
	if (second == NULL) {
		IoFreeMdl(first);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	*sum = MmGetMdlByteCount(first) + MmGetMdlByteCount(second);
	IoFreeMdl(second);
	IoFreeMdl(first);
	return STATUS_SUCCESS;
}

/* Many, and each of them alone. */
NTSTATUS KioskAll(PMDL *mdls, PUCHAR table, ULONG count)
{
	ULONG i;

	for (i = 0; i < count; i++) {
		mdls[i] = IoAllocateMdl(table + i * PAGE_SIZE, PAGE_SIZE, TRUE, FALSE, NULL); /* expect: win-mdl-alloc-args */
		if (mdls[i] == NULL)
			return STATUS_INSUFFICIENT_RESOURCES;
	}
	return STATUS_SUCCESS;
}
