/* Two locks, acquired in both orders. */
#include <ntddk.h>

typedef struct _SHOP {
	KSPIN_LOCK Shelf;
	KSPIN_LOCK Till;
	ULONG Goods;
	ULONG Money;
} SHOP, *PSHOP;

VOID ShopSell(PSHOP Shop)
{
	KIRQL irql;

	KeAcquireSpinLock(&Shop->Shelf, &irql);
	KeAcquireSpinLockAtDpcLevel(&Shop->Till);
	Shop->Goods--;
	Shop->Money++;
	KeReleaseSpinLockFromDpcLevel(&Shop->Till);
	KeReleaseSpinLock(&Shop->Shelf, irql);
}

/* trap: win-lock-order attempt */
/* trap: win-lock-order one-after-other */
/* trap: win-lock-order address-order */
/* trap: win-lock-order parent-and-child */
VOID ShopCount(PSHOP Shop)
{
	KIRQL irql;

	KeAcquireSpinLock(&Shop->Till, &irql);
	KeAcquireSpinLockAtDpcLevel(&Shop->Shelf); /* expect: win-lock-order "Shop->Shelf" */
	Shop->Goods--;
	Shop->Money++;
	KeReleaseSpinLockFromDpcLevel(&Shop->Shelf);
	KeReleaseSpinLock(&Shop->Till, irql);
}
