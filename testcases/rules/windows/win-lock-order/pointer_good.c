/* Through a table of functions, in the same order. */
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

	KeAcquireSpinLock(&Shop->Till, &irql);
	KeAcquireSpinLockAtDpcLevel(&Shop->Shelf); /* ok: win-lock-order */
	Shop->Goods--;
	Shop->Money++;
	KeReleaseSpinLockFromDpcLevel(&Shop->Shelf);
	KeReleaseSpinLock(&Shop->Till, irql);
}

static VOID ShopTake(PSHOP Shop)
{
	KeAcquireSpinLockAtDpcLevel(&Shop->Shelf);
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
	ShopOps.Take(Shop); /* ok: win-lock-order */
	KeReleaseSpinLock(&Shop->Till, irql);
}
