/* The second lock is acquired through a table of functions. */
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

static VOID ShopTake(PSHOP Shop)
{
	KeAcquireSpinLockAtDpcLevel(&Shop->Shelf); /* expect: win-lock-order "Shop->Shelf" */
	Shop->Goods--;
	KeReleaseSpinLockFromDpcLevel(&Shop->Shelf);
}

typedef struct _SHOP_OPS {
	VOID (*Take)(PSHOP Shop);
} SHOP_OPS;

static const SHOP_OPS ShopOps = { .Take = ShopTake };

VOID ShopCount(PSHOP Shop)
{
	KIRQL irql;

	KeAcquireSpinLock(&Shop->Till, &irql);
	ShopOps.Take(Shop);
	KeReleaseSpinLock(&Shop->Till, irql);
}
