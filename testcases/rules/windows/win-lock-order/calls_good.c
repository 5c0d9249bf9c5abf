/* The second lock is acquired in a helper, always after the same first one. */
#include <ntddk.h>

typedef struct _SHOP {
	KSPIN_LOCK Shelf;
	KSPIN_LOCK Till;
	ULONG Goods;
	ULONG Money;
} SHOP, *PSHOP;

static VOID ShopPay(PSHOP Shop)
{
	KeAcquireSpinLockAtDpcLevel(&Shop->Till);
	Shop->Money++;
	KeReleaseSpinLockFromDpcLevel(&Shop->Till);
}

VOID ShopSell(PSHOP Shop)
{
	KIRQL irql;

	KeAcquireSpinLock(&Shop->Shelf, &irql);
	KeAcquireSpinLockAtDpcLevel(&Shop->Till); /* ok: win-lock-order */
	Shop->Goods--;
	Shop->Money++;
	KeReleaseSpinLockFromDpcLevel(&Shop->Till);
	KeReleaseSpinLock(&Shop->Shelf, irql);
}

VOID ShopCount(PSHOP Shop)
{
	KIRQL irql;

	KeAcquireSpinLock(&Shop->Shelf, &irql);
	ShopPay(Shop); /* ok: win-lock-order */
	KeReleaseSpinLock(&Shop->Shelf, irql);
}
