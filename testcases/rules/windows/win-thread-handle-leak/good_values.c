/* Traps. */
#include <ntddk.h>

/* A handle that was opened is never (HANDLE)-1. */
VOID QuillFlush(POBJECT_ATTRIBUTES Name)
{
	HANDLE key = (HANDLE)-1;
	NTSTATUS status = ZwOpenKey(&key, KEY_WRITE, Name);

	if (NT_SUCCESS(status))
		ZwFlushKey(key);
	if (key != (HANDLE)-1)
		ZwClose(key);
} /* ok: win-thread-handle-leak */

/* The result is stored in what the call itself writes: the assignment comes last. */
NTSTATUS QuillOpen(POBJECT_ATTRIBUTES Name, PHANDLE Out)
{
	IO_STATUS_BLOCK io;
	HANDLE file;

	io.Status = ZwCreateFile(&file, GENERIC_READ, Name, &io, NULL, 0, 0, FILE_OPEN, 0, NULL, 0);
	if (!NT_SUCCESS(io.Status))
		return io.Status; /* ok: win-thread-handle-leak */
	*Out = file;
	return STATUS_SUCCESS;
}
