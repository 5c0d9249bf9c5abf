/* A helper maps it into the process; nobody takes the view away. */
#include <ntddk.h>

static NTSTATUS SonarMap(PMDL Mdl, PVOID *View)
{
	__try {
		*View = MmMapLockedPagesSpecifyCache(Mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

NTSTATUS SonarShow(PVOID Ring, ULONG Length)
{
	PMDL mdl = IoAllocateMdl(Ring, Length, FALSE, FALSE, NULL);
	NTSTATUS status;
	PVOID view;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(mdl);
	status = SonarMap(mdl, &view); /* note: win-mdl-unmap-missing "SonarMap" */
	if (NT_SUCCESS(status))
		DbgPrint("sonar: mapped at %p\n", view);
	IoFreeMdl(mdl); /* expect: win-mdl-unmap-missing "mdl" */
	return status;
}
