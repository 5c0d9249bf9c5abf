/* A helper maps it into the process, another takes the view away. */
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

static VOID SonarUnmap(PMDL Mdl, PVOID View)
{
	MmUnmapLockedPages(View, Mdl);
}

NTSTATUS SonarShow(PVOID Ring, ULONG Length)
{
	PMDL mdl = IoAllocateMdl(Ring, Length, FALSE, FALSE, NULL);
	NTSTATUS status;
	PVOID view;

	if (mdl == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	MmBuildMdlForNonPagedPool(mdl);
	status = SonarMap(mdl, &view);
	if (NT_SUCCESS(status)) {
		DbgPrint("sonar: mapped at %p\n", view);
		SonarUnmap(mdl, view);
	}
	IoFreeMdl(mdl); /* ok: win-mdl-unmap-missing */
	return status;
}
