/* A driver of this century. */
#include <ntddk.h>

struct recent {
	PMDL Mdl;
};

NTSTATUS RecentDescribe(struct recent *r, PVOID buffer, ULONG length)
{
	r->Mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, NULL);
	return r->Mdl == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* trap: win-deprecated-api wrapper-of-the-name */
BOOLEAN RecentPsGetVersion(PULONG major, PULONG minor)
{
	return PsGetVersion(major, minor, NULL, NULL);
}

/* The one that took its place, as often as one likes. */
/* trap: win-deprecated-api told-once */
ULONG RecentVersion(VOID)
{
	RTL_OSVERSIONINFOW info = { .dwOSVersionInfoSize = sizeof(info) };

	if (!NT_SUCCESS(RtlGetVersion(&info)))
		return 0;
	if (info.dwMajorVersion < 6 && !NT_SUCCESS(RtlGetVersion(&info)))
		return 0;
	return info.dwMajorVersion;
}
