/* Nothing in the source says who calls it: the I/O manager probes the buffers of reads and writes itself. */
#include <ntddk.h>

NTSTATUS QuayBuffer(PIRP Irp, PVOID Target, ULONG Length)
{
	__try {
		RtlCopyMemory(Target, Irp->UserBuffer, Length); /* ok: win-user-unprobed */
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}
