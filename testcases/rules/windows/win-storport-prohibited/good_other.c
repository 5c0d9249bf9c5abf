/* Not a miniport. */
#include <ntddk.h>

typedef struct _DISK {
	PVOID Ring;
} DISK, *PDISK;

/* trap: win-storport-prohibited other-driver */
BOOLEAN DiskPrepare(PDISK Disk)
{
	PHYSICAL_ADDRESS high;

	high.QuadPart = 0xffffffff;
	Disk->Ring = MmAllocateContiguousMemory(PAGE_SIZE, high);
	return Disk->Ring != NULL;
}
