/* Structured exception handling as file systems spell it. */
#include <ntifs.h>

static NTSTATUS lock_user_pages(PMDL mdl)
{
	NTSTATUS status = STATUS_SUCCESS;

	try {
		MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
	} except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	return status;
}

NTSTATUS with_resource(PERESOURCE resource, PMDL mdl)
{
	NTSTATUS status = STATUS_INVALID_PARAMETER;

	FsRtlEnterFileSystem();
	ExAcquireResourceExclusiveLite(resource, TRUE);
	try {
		if (!mdl)
			leave;
		status = lock_user_pages(mdl);
	} finally {
		if (AbnormalTermination())
			status = STATUS_UNSUCCESSFUL;
		ExReleaseResourceLite(resource);
		FsRtlExitFileSystem();
	}
	return status;
}
