/* Counted in one way. */
#include <ntddk.h>

typedef struct _CAFE {
	LONG Guests;
	ULONG Tables;
} CAFE, *PCAFE;

static LONG CafeOrders;
static CAFE Cafe;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD CafeUnload;

/* trap: win-interlocked-mixed initialisation */
VOID CafeOpen(PCAFE Place)
{
	Place->Guests = 0;
	Place->Tables++;
}

VOID CafeEnter(PCAFE Place)
{
	InterlockedIncrement(&Place->Guests);
	InterlockedIncrement(&CafeOrders);
}

VOID CafeLeave(PCAFE Place)
{
	InterlockedDecrement(&Place->Guests);
}

/* trap: win-interlocked-mixed plain-read */
VOID CafeShow(PCAFE Place)
{
	DbgPrint("%ld guests\n", Place->Guests);
}

/* trap: win-interlocked-mixed exclusive */
VOID CafeUnload(PDRIVER_OBJECT Driver)
{
	UNREFERENCED_PARAMETER(Driver);
	CafeOrders -= 1;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
	UNREFERENCED_PARAMETER(Path);
	CafeOrders += 1;
	CafeOpen(&Cafe);
	Driver->DriverUnload = CafeUnload;
	return STATUS_SUCCESS;
}
