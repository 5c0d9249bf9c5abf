/* Arguments that fit together. */
#include <ntddk.h>

struct kiosk {
	PMDL Mdl;
};

NTSTATUS KioskOpen(struct kiosk *k, PVOID table, ULONG length)
{
	k->Mdl = IoAllocateMdl(table, length, FALSE, FALSE, NULL); /* ok: win-mdl-alloc-args */
	if (k->Mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(k->Mdl);
	return STATUS_SUCCESS;
}

/* First and second MDL of one request. */
/* trap: win-mdl-alloc-args request-charges */
NTSTATUS KioskRequest(PIRP request, PVOID header, PVOID data, ULONG length)
{
	PMDL first = IoAllocateMdl(header, PAGE_SIZE, FALSE, FALSE, request); /* ok: win-mdl-alloc-args */
	PMDL second;

	if (first == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(first);
	second = IoAllocateMdl(data, length, TRUE, FALSE, request); /* ok: win-mdl-alloc-args */
	if (second == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(second);
	return STATUS_SUCCESS;
}

/* Trap: what the caller wants. */
/* trap: win-mdl-alloc-args unknown-values */
NTSTATUS KioskChoice(struct kiosk *k, PVOID table, ULONG length, BOOLEAN secondary, BOOLEAN charge, PIRP request)
{
	PMDL mdl = IoAllocateMdl(table, length, secondary, charge, request); /* ok: win-mdl-alloc-args */

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(mdl);
	k->Mdl = mdl;
	return STATUS_SUCCESS;
}

/* Secondary exactly when there is a request. */
NTSTATUS KioskOptional(struct kiosk *k, PVOID table, ULONG length, PIRP request)
{
	PMDL mdl = IoAllocateMdl(table, length, request != NULL, FALSE, request); /* ok: win-mdl-alloc-args */

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(mdl);
	k->Mdl = mdl;
	return STATUS_SUCCESS;
}

NTSTATUS KioskNumbers(struct kiosk *k, PVOID table, ULONG length)
{
	k->Mdl = IoAllocateMdl(table, length, 0, 0, 0); /* ok: win-mdl-alloc-args */
	if (k->Mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(k->Mdl);
	return STATUS_SUCCESS;
}
