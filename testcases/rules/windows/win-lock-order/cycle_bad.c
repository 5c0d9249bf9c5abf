/* The second lock is acquired below functions that call each other. */
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

static VOID ShopNext(PSHOP Shop, ULONG Rest);

static VOID ShopFirst(PSHOP Shop, ULONG Rest)
{
	if (Rest == 0)
		ShopTake(Shop);
	else
		ShopNext(Shop, Rest);
}

static VOID ShopNext(PSHOP Shop, ULONG Rest)
{
	ShopFirst(Shop, Rest - 1);
}

VOID ShopCount(PSHOP Shop)
{
	KIRQL irql;

	KeAcquireSpinLock(&Shop->Till, &irql);
	ShopFirst(Shop, 2);
	KeReleaseSpinLock(&Shop->Till, irql);
}
