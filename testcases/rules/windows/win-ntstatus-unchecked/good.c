/* Results looked at in every way there is, and some that need no look. */
#include <ntddk.h>

typedef struct _VAULT {
	PDEVICE_OBJECT Lower;
	PFILE_OBJECT LowerFile;
	NTSTATUS Last;
	HANDLE Event;
	IO_REMOVE_LOCK RemoveLock;
	FAST_MUTEX Mutex;
	ULONG Coins;
} VAULT, *PVAULT;

IO_COMPLETION_ROUTINE VaultSent;

/* trap: win-ntstatus-unchecked void-cast */
VOID VaultName(PUNICODE_STRING Link, PUNICODE_STRING Name)
{
	(VOID)IoCreateSymbolicLink(Link, Name); /* ok: win-ntstatus-unchecked */
	DbgPrint("the vault is open\n");
}

/* trap: win-ntstatus-unchecked other-test */
NTSTATUS VaultOpen(PVAULT Vault, PUNICODE_STRING Name, PUNICODE_STRING Link, PIRP Irp)
{
	PDEVICE_OBJECT lower;
	NTSTATUS status;

	status = IoGetDeviceObjectPointer(Name, FILE_READ_DATA, &Vault->LowerFile, &lower); /* ok: win-ntstatus-unchecked */
	if (status != STATUS_SUCCESS)
		return status;
	Vault->Lower = lower;
	status = IoCreateSymbolicLink(Link, Name); /* ok: win-ntstatus-unchecked */
	switch (status) {
	case STATUS_OBJECT_NAME_COLLISION:
	case STATUS_SUCCESS:
		break;
	default:
		ObDereferenceObject(Vault->LowerFile);
		return status;
	}
	Vault->Last = IoAcquireRemoveLock(&Vault->RemoveLock, Irp); /* ok: win-ntstatus-unchecked */
	if (IoCreateUnprotectedSymbolicLink(Link, Name) == STATUS_PENDING) /* ok: win-ntstatus-unchecked */
		return STATUS_PENDING;
	Irp->IoStatus.Status = IoSetCompletionRoutineEx(lower, Irp, VaultSent, Vault, TRUE, TRUE, TRUE); /* ok: win-ntstatus-unchecked */
	return STATUS_SUCCESS;
}

/* trap: win-ntstatus-unchecked undoing */
VOID VaultClose(PVAULT Vault, PUNICODE_STRING Link, HANDLE Key, PUNICODE_STRING Value)
{
	LARGE_INTEGER pause = { .QuadPart = -10000 };

	IoDeleteSymbolicLink(Link); /* ok: win-ntstatus-unchecked */
	ZwClose(Key); /* ok: win-ntstatus-unchecked */
	ZwDeleteValueKey(Key, Value); /* ok: win-ntstatus-unchecked */
	ZwSetEvent(Vault->Event, NULL); /* ok: win-ntstatus-unchecked */
	KeDelayExecutionThread(KernelMode, FALSE, &pause); /* ok: win-ntstatus-unchecked */
}

/* trap: win-ntstatus-unchecked fire-and-forget */
VOID VaultSend(PVAULT Vault, PIRP Irp)
{
	IoCopyCurrentIrpStackLocationToNext(Irp);
	IoSetCompletionRoutine(Irp, VaultSent, Vault, TRUE, TRUE, TRUE);
	IoCallDriver(Vault->Lower, Irp); /* ok: win-ntstatus-unchecked */
}

/* Looked at on one of the ways only. */
NTSTATUS VaultRing(POBJECT_ATTRIBUTES Bell, BOOLEAN Strict)
{
	HANDLE event = NULL;
	NTSTATUS status = ZwOpenEvent(&event, EVENT_MODIFY_STATE, Bell); /* ok: win-ntstatus-unchecked */

	if (event) {
		ZwSetEvent(event, NULL);
		ZwClose(event);
	}
	return Strict ? status : STATUS_SUCCESS;
}

VOID VaultCount(PVAULT Vault)
{
	if (!ExTryToAcquireFastMutex(&Vault->Mutex)) /* ok: win-ntstatus-unchecked */
		return;
	Vault->Coins++;
	ExReleaseFastMutex(&Vault->Mutex);
}
