/* Counted in two ways. */
#include <ntddk.h>

typedef struct _CAFE {
	LONG Guests;
	ULONG Flags;
} CAFE, *PCAFE;

static LONG CafeOrders;

/* trap: win-interlocked-mixed initialisation */
VOID CafeEnter(PCAFE Cafe)
{
	InterlockedIncrement(&Cafe->Guests); /* note: win-interlocked-mixed "InterlockedIncrement changes it here" */
	InterlockedExchangeAdd(&CafeOrders, 2);
}

/* trap: win-interlocked-mixed plain-read */
VOID CafeLeave(PCAFE Cafe)
{
	Cafe->Guests--; /* expect: win-interlocked-mixed "Cafe->Guests is changed by a plain operator" */
}

/* trap: win-interlocked-mixed exclusive */
VOID CafePay(void)
{
	CafeOrders -= 2; /* expect: win-interlocked-mixed "InterlockedExchangeAdd" */
}
