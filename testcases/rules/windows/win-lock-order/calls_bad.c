/* The second lock is acquired two calls below. */
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

static VOID ShopTakeTwo(PSHOP Shop)
{
	ShopTake(Shop);
	ShopTake(Shop);
}

VOID ShopCount(PSHOP Shop)
{
	KIRQL irql;

	KeAcquireSpinLock(&Shop->Till, &irql);
	ShopTakeTwo(Shop); /* note: win-lock-order "calls `ShopTakeTwo`" */
	KeReleaseSpinLock(&Shop->Till, irql);
}
