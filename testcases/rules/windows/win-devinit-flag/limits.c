/* Known gap: cleared on one path, and the paths meet. */
#include <ntddk.h>

typedef struct _DOOR {
	PDEVICE_OBJECT Child;
	ULONG State;
} DOOR, *PDOOR;

NTSTATUS DoorAddChild(PDRIVER_OBJECT Driver, PDOOR Door, BOOLEAN Open)
{
	PDEVICE_OBJECT child;
	NTSTATUS status;

	status = IoCreateDevice(Driver, sizeof(DOOR), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &child);
	if (!NT_SUCCESS(status))
		return status;
	Door->Child = child;
	if (Open) {
		Door->State = 1;
		child->Flags &= ~DO_DEVICE_INITIALIZING;
	}
	return STATUS_SUCCESS; /* todo-expect: win-devinit-flag "child" */
}
