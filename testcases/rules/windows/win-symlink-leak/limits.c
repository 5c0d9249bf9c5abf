/* Known gap: a function of another file might delete the link. */
#include <ntddk.h>

NTSTATUS DialStartHardware(ULONG Port);

NTSTATUS DialOpen(PUNICODE_STRING Link, PUNICODE_STRING Name, ULONG Port)
{
	NTSTATUS status = IoCreateSymbolicLink(Link, Name);

	if (!NT_SUCCESS(status))
		return status;
	status = DialStartHardware(Port);
	if (!NT_SUCCESS(status))
		return status; /* todo-expect: win-symlink-leak */
	return STATUS_SUCCESS;
}
