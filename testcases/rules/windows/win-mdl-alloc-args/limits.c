/* Known gaps. */
#include <ntddk.h>

/* The second MDL takes the place of the first one on the request, which is lost. */
NTSTATUS KioskOverwrite(PIRP request, PVOID header, PVOID data, ULONG length)
{
	PMDL first = IoAllocateMdl(header, PAGE_SIZE, FALSE, FALSE, request);
	PMDL second;

	if (first == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(first);
	second = IoAllocateMdl(data, length, FALSE, FALSE, request); /* todo-expect: win-mdl-alloc-args */
	if (second == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(second);
	return STATUS_SUCCESS;
}
